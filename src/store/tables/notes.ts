import type { NotePlace } from '../../domain/memory.ts';
import type { Sql } from '../../domain/store.ts';

/** A file as it was when its words were noted down. */
export interface NotedFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970, with fractions. */
  readonly changedAt: number;
}

export const notedFiles = async (
  sql: Sql,
  { agent, person }: NotePlace,
): Promise<readonly NotedFile[]> =>
  (
    await sql.all(
      'SELECT name, size, changed_at FROM note WHERE agent = $1 AND person = $2',
      agent,
      person,
    )
  ).map((row) => ({
    name: String(row.name),
    size: Number(row.size),
    changedAt: Number(row.changed_at),
  }));

/** Notes down the words of a file, in place of those that it had. */
export async function noteWords(
  sql: Sql,
  { agent, person }: NotePlace,
  { name, size, changedAt, words }: NotedFile & { readonly words: string },
): Promise<void> {
  const row = await sql.get(
    `INSERT INTO note(agent, person, name, size, changed_at) VALUES($1, $2, $3, $4, $5)
     ON CONFLICT(agent, person, name) DO UPDATE SET size = excluded.size, changed_at = excluded.changed_at
     RETURNING number`,
    ...[agent, person, name, size, changedAt],
  );
  const number = Number(row?.number);
  await sql.run('DELETE FROM note_words WHERE rowid = $1', number);
  await sql.run(
    'INSERT INTO note_words(rowid, name, words) VALUES($1, $2, $3)',
    ...[number, name.replaceAll('-', ' '), words],
  );
}

/** Forgets the words of a file that is gone. */
export async function dropWords(
  sql: Sql,
  { agent, person }: NotePlace,
  name: string,
): Promise<void> {
  const row = await sql.get(
    'DELETE FROM note WHERE agent = $1 AND person = $2 AND name = $3 RETURNING number',
    ...[agent, person, name],
  );
  if (row) await sql.run('DELETE FROM note_words WHERE rowid = $1', Number(row.number));
}

/** How well a note fits: the more, the better. */
export interface Fit {
  readonly name: string;
  readonly fit: number;
}

/** A word that more notes have says little of any, and weighing them all takes longer the more there are. */
const COMMON = 1000;

/** Hits of a query of FTS5 in one place, looked at in the order of the words, not of the notes. */
const HITS = `FROM note_words CROSS JOIN note ON note.number = note_words.rowid
  WHERE note_words MATCH $1 AND note.agent = $2 AND note.person = $3`;

/**
 * The notes of one place that any of some words finds, each a query of FTS5, the best first. A word in a name
 * counts three times. A common word counts only where no other is found, and then in the newest notes.
 */
export async function fittingNotes(
  sql: Sql,
  { agent, person }: NotePlace,
  { words, most }: { readonly words: readonly string[]; readonly most: number },
): Promise<readonly Fit[]> {
  const place = [agent, person];
  const hits = new Map<string, number>();
  for (const word of words) {
    const row = await sql.get(
      `SELECT COUNT(*) AS hits FROM (SELECT 1 ${HITS} LIMIT ${COMMON + 1})`,
      ...[word, ...place],
    );
    hits.set(word, Number(row?.hits));
  }
  const found = words.filter((word) => hits.get(word) !== 0);
  const telling = found.filter((word) => (hits.get(word) ?? 0) <= COMMON);
  const asked = telling.length > 0 ? telling : found;
  if (asked.length === 0) return [];
  const rows = await sql.all(
    `SELECT name, distance FROM (
       SELECT note.name, bm25(note_words, 3.0, 1.0) AS distance ${HITS}
       ORDER BY note_words.rowid DESC LIMIT $4
     ) ORDER BY distance, name LIMIT $5`,
    ...[asked.join(' OR '), ...place, telling.length > 0 ? -1 : COMMON, most],
  );
  return rows.map(({ name, distance }) => ({ name: String(name), fit: -Number(distance) }));
}
