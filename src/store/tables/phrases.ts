import type { Sql } from '../../domain/store.ts';

/** What the owner meant by a phrase the last time a choice was made for it. */
export async function findPhrase(sql: Sql, text: string): Promise<string | undefined> {
  const row = await sql.get('SELECT canonical FROM phrase WHERE text = $1', text);
  return row && String(row.canonical);
}

export const rememberPhrase = (
  sql: Sql,
  text: string,
  canonical: string,
  at: number,
): Promise<number> =>
  sql.run(
    `INSERT INTO phrase(text, canonical, at) VALUES($1, $2, $3)
     ON CONFLICT(text) DO UPDATE SET canonical = $2, at = $3`,
    text,
    canonical,
    at,
  );
