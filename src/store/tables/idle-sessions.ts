import type { Sql } from '../../domain/store.ts';
import { removeTalks } from './talks.ts';

/**
 * Removes sessions whose keys begin with `prefix`, and what was said in them, the longest idle first, until `most`
 * are left, within the caller's transaction. Those in which something waits stay. Resolves to how many are left,
 * and the keys that are gone.
 */
export async function closeIdle(
  sql: Sql,
  prefix: string,
  { most, now }: { readonly most: number; readonly now: number },
): Promise<{ readonly left: number; readonly closed: readonly string[] }> {
  const rows = await sql.all(
    `SELECT id, key,
       EXISTS(SELECT 1 FROM spool WHERE lane = key AND state = 'waiting') AS busy,
       coalesce((SELECT at FROM transcript WHERE session = session.id ORDER BY seq DESC LIMIT 1), started_at) AS last
     FROM session WHERE key >= $1 AND key < $2 ORDER BY last`,
    prefix,
    `${prefix}\u{10FFFF}`,
  );
  const idle = rows.filter(({ busy }) => Number(busy) === 0);
  const over = idle.slice(0, Math.max(0, rows.length - most));
  for (const { id } of over) await closeSession(sql, String(id), now);
  return { left: rows.length - over.length, closed: over.map(({ key }) => String(key)) };
}

/** What the newest row of all belongs to stays, emptied. */
async function closeSession(sql: Sql, id: string, now: number): Promise<void> {
  await removeTalks(sql, id, { now });
  await sql.run('DELETE FROM hush WHERE session = $1', id);
  const empty = 'NOT EXISTS(SELECT 1 FROM transcript WHERE session = $1)';
  await sql.run(`DELETE FROM talk WHERE session = $1 AND ${empty}`, id);
  await sql.run(`DELETE FROM session WHERE id = $1 AND ${empty}`, id);
}
