import type { Json } from '../../base/json.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Adds a row; its body is canonical JSON already. */
export const insertEntry = (sql: Sql, entry: RawEntry): Promise<number> =>
  sql.run(
    'INSERT INTO audit(chain, seq, at, kind, body, prev, hash) VALUES($1, $2, $3, $4, $5, $6, $7)',
    entry.chain,
    entry.seq,
    entry.at,
    entry.kind,
    entry.body,
    entry.prev,
    entry.hash,
  );

/** The hashes of the entries from one number up to, and without, another, by number. */
export async function entryHashes(
  sql: Sql,
  { chain, from, to }: { readonly chain: string; readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, string>> {
  const rows = await sql.all(
    'SELECT seq, hash FROM audit WHERE chain = $1 AND seq >= $2 AND seq < $3',
    ...[chain, from, to],
  );
  return new Map(rows.map(({ seq, hash }) => [Number(seq), String(hash)]));
}

/** A row as it lies in the table. */
export interface RawEntry extends Omit<AuditEntry, 'body'> {
  /** The text as stored: a damaged one may not be JSON. */
  readonly body: string;
}

/** Up to `limit` rows after `seq`, in order, as they lie in the table. */
export async function rawEntries(
  sql: Sql,
  {
    chain,
    after,
    limit,
  }: { readonly chain: string; readonly after: number; readonly limit: number },
): Promise<readonly RawEntry[]> {
  const rows = await sql.all(
    `SELECT chain, seq, at, kind, body, prev, hash FROM audit
     WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    ...[chain, after, limit],
  );
  return rows as unknown as readonly RawEntry[];
}

/** The bytes of an entry's texts: a reader of text passes over bytes that are no UTF-8, this does not. */
export async function entryBytes(
  sql: Sql,
  chain: string,
  seq: number,
): Promise<readonly Uint8Array[]> {
  const row = await sql.get(
    `SELECT CAST(body AS BLOB) AS body, CAST(kind AS BLOB) AS kind FROM audit
     WHERE chain = $1 AND seq = $2`,
    ...[chain, seq],
  );
  return Object.values(row ?? {}).filter((value) => value instanceof Uint8Array);
}

/** The newest entries first. */
export async function newestEntries(
  sql: Sql,
  {
    limit,
    before,
    kind,
  }: { readonly limit: number; readonly before?: number; readonly kind?: string },
): Promise<readonly AuditEntry[]> {
  const rows = await sql.all(
    `SELECT * FROM audit WHERE chain = 'main' AND seq < $1 AND ($2 = '' OR kind = $2)
     ORDER BY seq DESC LIMIT $3`,
    before ?? Number.MAX_SAFE_INTEGER,
    kind ?? '',
    limit,
  );
  return rows.map(entryOf);
}

/** The newest row of some kinds before a number. Walks back to it. */
export async function newestOfKinds(
  sql: Sql,
  kinds: readonly string[],
  before: number,
): Promise<Pick<RawEntry, 'seq' | 'kind' | 'body'> | undefined> {
  const row = await sql.get(
    `SELECT seq, kind, body FROM audit WHERE chain = 'main' AND seq < $1
       AND kind IN (${kinds.map((_, at) => `$${at + 2}`).join(', ')})
     ORDER BY seq DESC LIMIT 1`,
    before,
    ...kinds,
  );
  return row && { seq: Number(row.seq), kind: String(row.kind), body: String(row.body) };
}

/** What the owner agreed to: looked for at each start, however long ago it was. */
export const LASTING = ['jails.changed', 'rules.changed', 'users.changed'] as const;

/** The newest entry of one of these kinds. */
export async function lastingEntry(
  sql: Sql,
  kind: (typeof LASTING)[number],
): Promise<AuditEntry | undefined> {
  const row = await sql.get(
    `SELECT * FROM audit WHERE kind = $1 AND kind IN ('jails.changed', 'rules.changed', 'users.changed')
     ORDER BY seq DESC LIMIT 1`,
    kind,
  );
  return row && entryOf(row);
}

const linkOf = (row: Row): Omit<AuditEntry, 'body'> => ({
  chain: String(row.chain),
  seq: Number(row.seq),
  at: Number(row.at),
  kind: String(row.kind),
  prev: String(row.prev),
  hash: String(row.hash),
});

export const entryOf = (row: Row): AuditEntry => ({
  ...linkOf(row),
  body: JSON.parse(String(row.body)) as Json,
});
