import type { Sql } from '../../domain/store.ts';

/** When something was last sent within a scope (`chat`, `group`, `overall`), oldest first; survives restarts. */
export async function sentTimes(sql: Sql, scope: string): Promise<readonly number[]> {
  const row = await sql.get('SELECT sent FROM send_window WHERE scope = $1', scope);
  return row ? (JSON.parse(String(row.sent)) as number[]) : [];
}

export const keepSentTimes = (sql: Sql, scope: string, times: readonly number[]): Promise<number> =>
  sql.run(
    `INSERT INTO send_window(scope, sent) VALUES($1, $2) ON CONFLICT(scope) DO UPDATE SET sent = $2`,
    scope,
    JSON.stringify(times),
  );
