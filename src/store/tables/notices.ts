import type { Sql } from '../../domain/store.ts';

/** Something that waits until somebody wants to hear it. */
export interface HeldNotice {
  readonly name: string;
  /** The same for what says the same. */
  readonly likeness: string;
  readonly text: string;
  /** When it is to be told; milliseconds since 1970. */
  readonly due: number;
  readonly at: number;
}

/** More than these for one name are only counted. */
export const MOST_HELD = 200;

/** Keeps it; the same once, and counted. */
export async function holdNotice(sql: Sql, notice: HeldNotice): Promise<void> {
  const again = 'ON CONFLICT DO UPDATE SET told = told + 1';
  const { name, likeness, text, due, at } = notice;
  const kept = await sql.run(
    `INSERT INTO notice(name, likeness, said, due, at) SELECT $1, $2, $3, $4, $5
     WHERE (SELECT count(*) FROM notice WHERE name = $1 AND likeness <> '') < $6
       OR EXISTS(SELECT 1 FROM notice WHERE name = $1 AND likeness = $2)
     ${again}`,
    ...[name, likeness, text, due, at, MOST_HELD],
  );
  if (kept > 0) return;
  await sql.run(
    `INSERT INTO notice(name, likeness, said, due, at) VALUES($1, '', '', $2, $3) ${again}`,
    ...[name, due, at],
  );
}

/** What somebody is to be told by now, oldest first, and how much more there was; it is theirs no more. */
export async function takeNotices(
  sql: Sql,
  name: string,
  now: number,
): Promise<{
  readonly notices: readonly {
    readonly text: string;
    readonly told: number;
    readonly at: number;
  }[];
  readonly more: number;
}> {
  const rows = await sql.all(
    'DELETE FROM notice WHERE name = $1 AND due <= $2 RETURNING likeness, said, told, at',
    name,
    now,
  );
  const notices = rows
    .filter(({ likeness }) => likeness !== '')
    .map(({ said, told, at }) => ({ text: String(said), told: Number(told), at: Number(at) }))
    .toSorted((one, other) => one.at - other.at);
  const more = rows
    .filter(({ likeness }) => likeness === '')
    .reduce((sum, { told }) => sum + Number(told), 0);
  return { notices, more };
}

/** Names that something waits for. */
export const noticedNames = async (sql: Sql): Promise<readonly string[]> =>
  (await sql.all('SELECT DISTINCT name FROM notice ORDER BY name')).map(({ name }) => String(name));
