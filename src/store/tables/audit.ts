import { canonical, type Json } from '../../base/json.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { Row, Sql } from '../../domain/store.ts';

export const insertEntry = (sql: Sql, entry: AuditEntry): Promise<number> =>
  sql.run(
    'INSERT INTO audit(chain, seq, at, kind, body, prev, hash) VALUES($1, $2, $3, $4, $5, $6, $7)',
    entry.chain,
    entry.seq,
    entry.at,
    entry.kind,
    canonical(entry.body),
    entry.prev,
    entry.hash,
  );

/** Number and hash of the newest entry: what the next one follows from. */
export async function lastLink(
  sql: Sql,
  chain: string,
): Promise<Pick<AuditEntry, 'seq' | 'hash'> | undefined> {
  const row = await sql.get(
    'SELECT seq, hash FROM audit WHERE chain = $1 ORDER BY seq DESC LIMIT 1',
    chain,
  );
  return row && { seq: Number(row.seq), hash: String(row.hash) };
}

export interface RawEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  /** The bytes as stored: a damaged body may not be UTF-8, let alone JSON. */
  readonly body: Uint8Array;
  readonly prev: string;
  readonly hash: string;
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
    `SELECT chain, seq, at, kind, CAST(body AS BLOB) AS body, prev, hash FROM audit
     WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    chain,
    after,
    limit,
  );
  return rows.map(rawOf);
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
    `SELECT * FROM audit WHERE seq < $1 AND ($2 = '' OR kind = $2) ORDER BY seq DESC LIMIT $3`,
    before ?? Number.MAX_SAFE_INTEGER,
    kind ?? '',
    limit,
  );
  return rows.map(entryOf);
}

const linkOf = (row: Row): Omit<AuditEntry, 'body'> => ({
  chain: String(row.chain),
  seq: Number(row.seq),
  at: Number(row.at),
  kind: String(row.kind),
  prev: String(row.prev),
  hash: String(row.hash),
});

const rawOf = (row: Row): RawEntry => ({
  ...linkOf(row),
  body: row.body instanceof Uint8Array ? row.body : new Uint8Array(),
});

const entryOf = (row: Row): AuditEntry => ({
  ...linkOf(row),
  body: JSON.parse(String(row.body)) as Json,
});
