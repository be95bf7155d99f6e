import type { Sql } from '../../domain/store.ts';

/** Which uuid each number is held to be of, for one account of ours. */
export async function signalBearers(
  sql: Sql,
  account: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.all('SELECT number, uuid FROM signal_bearer WHERE account = $1', account);
  return new Map(rows.map(({ number, uuid }) => [String(number), String(uuid)]));
}

/** The first one counts. */
export const keepSignalBearer = (
  sql: Sql,
  account: string,
  { number, uuid }: { readonly number: string; readonly uuid: string },
): Promise<number> =>
  sql.run(
    `INSERT INTO signal_bearer(account, number, uuid) VALUES($1, $2, $3)
     ON CONFLICT(account, number) DO NOTHING`,
    account,
    number,
    uuid,
  );

export const dropSignalBearer = (sql: Sql, account: string, number: string): Promise<number> =>
  sql.run('DELETE FROM signal_bearer WHERE account = $1 AND number = $2', account, number);
