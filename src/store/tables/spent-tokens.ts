import type { Sql } from '../../domain/store.ts';

/**
 * Notes that a token was used, by the SHA-256 of what is signed of it; nothing else of it is kept. False where
 * it was before. Those that nobody would take any more are forgotten: `until` they may have been.
 */
export async function spendToken(
  sql: Sql,
  { hash, until, now }: { readonly hash: string; readonly until: number; readonly now: number },
): Promise<boolean> {
  await sql.run('DELETE FROM spent_token WHERE until < $1', now);
  const query = 'INSERT INTO spent_token(hash, until) VALUES($1, $2) ON CONFLICT DO NOTHING';
  return (await sql.run(query, hash, until)) === 1;
}
