import type { Json } from '../../base/json.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { Sql } from '../../domain/store.ts';
import { newestEntries } from './audit.ts';

/** The beginnings of runs as the record has them, the newest first. `skip`: actions that do not count. */
export async function newestBegun(
  sql: Sql,
  { limit, skip }: { readonly limit: number; readonly skip: ReadonlySet<string> },
): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = [];
  let before: number | undefined;
  for (;;) {
    const page = { limit: PAGE, kind: 'begun', ...(before === undefined ? {} : { before }) };
    const entries = await newestEntries(sql, page);
    found.push(...entries.filter((entry) => !skip.has(String(fieldOf(entry, 'action')))));
    before = entries.at(-1)?.seq;
    if (entries.length < PAGE || found.length >= limit) return found.slice(0, limit);
  }
}

const PAGE = 200;

/** The beginning of one run; of one that began twice, the latest. */
export async function begunOf(sql: Sql, run: string): Promise<AuditEntry | undefined> {
  const like = `%${JSON.stringify(run).replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await sql.all(
    `SELECT seq FROM audit WHERE kind = 'begun' AND body LIKE $1 ESCAPE '\\' ORDER BY seq DESC`,
    like,
  );
  for (const { seq } of rows) {
    const [entry] = await newestEntries(sql, { limit: 1, before: Number(seq) + 1 });
    if (entry && fieldOf(entry, 'run') === run) return entry;
  }
  return undefined;
}

/** The start of the gateway that began a run. */
export async function bootOf(sql: Sql, run: string): Promise<string | undefined> {
  const row = await sql.get('SELECT boot FROM run WHERE id = $1', run);
  return row && String(row.boot);
}

/** Ids of the newest runs, for finding one by what people call it. */
export async function newestRunIds(sql: Sql, limit: number): Promise<readonly string[]> {
  const rows = await sql.all('SELECT id FROM run ORDER BY begun_at DESC LIMIT $1', limit);
  return rows.map(({ id }) => String(id));
}

/** One field of an entry's body. */
export const fieldOf = ({ body }: AuditEntry, name: string): Json | undefined =>
  body !== null && typeof body === 'object' && !Array.isArray(body)
    ? (body as { readonly [key: string]: Json })[name]
    : undefined;
