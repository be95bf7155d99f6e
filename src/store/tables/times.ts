import type { Sql } from '../../domain/store.ts';

/**
 * After the clock was set back between two runs, what was put off waits as long as it would have: every
 * moment that lies ahead of `now` is moved back by how far the record is ahead. Call before anything is
 * claimed. Resolves to the milliseconds by which the clock was set back, as far as the record tells.
 */
export async function settleTimes(sql: Sql, now: number): Promise<number> {
  const row = await sql.get('SELECT at FROM audit ORDER BY seq DESC LIMIT 1');
  const back = Math.max(0, Number(row?.at ?? 0) - now);
  if (back === 0) return 0;
  await sql.run('UPDATE lane SET due = max($1, due - $2) WHERE due > $1', now, back);
  await sql.run('UPDATE circuit SET opened_at = opened_at - $1, tried_at = tried_at - $1', back);
  await sql.run('UPDATE pairing SET made_at = made_at - $1, expires_at = expires_at - $1', back);
  await sql.run('UPDATE pairing_guess SET at = at - $1', back);
  await sql.run('UPDATE pairing_silence SET until = until - $1', back);
  for (const { scope, sent } of await sql.all('SELECT scope, sent FROM send_window')) {
    const times = (JSON.parse(String(sent)) as number[]).map((at) => Math.min(now, at - back));
    await sql.run(
      'UPDATE send_window SET sent = $1 WHERE scope = $2',
      JSON.stringify(times),
      String(scope),
    );
  }
  return back;
}
