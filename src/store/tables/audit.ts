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

export async function lastEntry(sql: Sql, chain: string): Promise<AuditEntry | undefined> {
  const row = await sql.get(
    'SELECT * FROM audit WHERE chain = $1 ORDER BY seq DESC LIMIT 1',
    chain,
  );
  return row && entryOf(row);
}

export interface RawEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  /** As stored: not parsed yet, because a damaged one may not parse. */
  readonly body: string;
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
    'SELECT * FROM audit WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3',
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

const rawOf = (row: Row): RawEntry => ({
  chain: String(row.chain),
  seq: Number(row.seq),
  at: Number(row.at),
  kind: String(row.kind),
  body: String(row.body),
  prev: String(row.prev),
  hash: String(row.hash),
});

const entryOf = (row: Row): AuditEntry => {
  const raw = rawOf(row);
  return { ...raw, body: JSON.parse(raw.body) as Json };
};
