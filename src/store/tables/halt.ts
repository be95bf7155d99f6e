import type { Decider } from '../../domain/approval.ts';
import type { Halted } from '../../domain/halt.ts';
import type { Sql } from '../../domain/store.ts';

/** What holds everything up, or undefined while nothing does. */
export async function findHalt(sql: Sql): Promise<Halted | undefined> {
  const row = await sql.get('SELECT kind, decided_by, at FROM halt');
  if (!row) return undefined;
  // Whatever else may stand there, it is no leave to go on.
  const kind = row.kind === 'paused' ? 'paused' : 'halted';
  return { kind, by: JSON.parse(String(row.decided_by)) as Decider, at: Number(row.at) };
}

/** Puts a halt in the place of what held before. */
export const putHalt = (sql: Sql, { kind, by, at }: Halted): Promise<number> =>
  sql.run(
    `INSERT INTO halt(one, kind, decided_by, at) VALUES(1, $1, $2, $3)
     ON CONFLICT(one) DO UPDATE SET kind = $1, decided_by = $2, at = $3`,
    kind,
    JSON.stringify(by),
    at,
  );

export const deleteHalt = (sql: Sql): Promise<number> => sql.run('DELETE FROM halt');
