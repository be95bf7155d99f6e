import type { Errand, ErrandAnswer } from '../../domain/errand.ts';
import type { Labels } from '../../domain/label.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Keeps an errand beside its event. */
export const insertErrand = (sql: Sql, errand: Errand): Promise<number> =>
  sql.run(
    `INSERT INTO errand(event, cause, kind, asker, asked, root, chain, post, at)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    errand.event,
    errand.cause,
    errand.kind,
    errand.asker ?? null,
    errand.asked,
    errand.root,
    JSON.stringify(errand.chain),
    errand.post ?? null,
    errand.at,
  );

/** The errand that an event is the beginning of; undefined for all others. */
export async function errandOf(sql: Sql, event: string): Promise<Errand | undefined> {
  const row = await sql.get('SELECT * FROM errand WHERE event = $1', event);
  return row && errandIn(row);
}

/** The same, by what put it there. */
export async function errandBy(sql: Sql, cause: string): Promise<Errand | undefined> {
  const row = await sql.get('SELECT * FROM errand WHERE cause = $1', cause);
  return row && errandIn(row);
}

/** What an event belongs to: the one that began everything, or itself. */
export async function rootOf(sql: Sql, event: string): Promise<string> {
  const row = await sql.get('SELECT root FROM errand WHERE event = $1', event);
  return row ? String(row.root) : event;
}

/** Ids of everything that one event led to, that one first. */
export async function eventsOf(sql: Sql, root: string): Promise<readonly string[]> {
  const rows = await sql.all('SELECT event FROM errand WHERE root = $1 ORDER BY rowid', root);
  return [root, ...rows.map(({ event }) => String(event)).filter((event) => event !== root)];
}

/** Notes what came of it, once. False where that is known, or there is no such errand. */
export const answerErrand = async (
  sql: Sql,
  event: string,
  { text, labels, result }: ErrandAnswer,
): Promise<boolean> =>
  (await sql.run(
    `UPDATE errand SET answer = $1, labels = $2, result = $3 WHERE event = $4 AND answer IS NULL`,
    text,
    JSON.stringify(labels),
    result,
    event,
  )) === 1;

export async function answerOf(sql: Sql, event: string): Promise<ErrandAnswer | undefined> {
  const row = await sql.get(
    'SELECT answer, labels, result FROM errand WHERE event = $1 AND answer IS NOT NULL',
    event,
  );
  return (
    row && {
      text: String(row.answer),
      labels: JSON.parse(String(row.labels)) as Labels,
      result: String(row.result),
    }
  );
}

const errandIn = (row: Row): Errand => ({
  event: String(row.event),
  cause: String(row.cause),
  kind: row.kind === 'wake' ? 'wake' : 'ask',
  ...(row.asker === null ? {} : { asker: String(row.asker) }),
  asked: String(row.asked),
  root: String(row.root),
  chain: JSON.parse(String(row.chain)) as string[],
  ...(row.post === null ? {} : { post: Number(row.post) }),
  at: Number(row.at),
});
