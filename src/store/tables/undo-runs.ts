import { runCode } from '../../domain/run.ts';
import type { Row, Sql } from '../../domain/store.ts';
import type { UndoRun } from '../../domain/undo.ts';

/** A run with what is needed to take it back. */
export interface UndoRecord extends UndoRun {
  /** What the folder is known by. */
  readonly folderId: string;
  /** The one path that may have changed; a byte string. */
  readonly path?: string;
  /** SHA-256 of the manifest from before. */
  readonly before: string;
  /** SHA-256 of what was different after; undefined where the end was not seen. */
  readonly after?: string;
}

/**
 * Notes what a folder was like before a run; anew where one of this id was about to begin and never did,
 * such as before a crash. Changes nothing where it did begin.
 */
export const insertUndoRun = (
  sql: Sql,
  run: Omit<UndoRecord, 'code' | 'after' | 'changed' | 'undone'>,
): Promise<number> =>
  sql.run(
    `INSERT INTO undo_run(run, action, words, folder, folder_id, path, session, before, at)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT(run) DO UPDATE SET words = $3, folder = $4, folder_id = $5, path = $6, before = $8, at = $9
     WHERE NOT EXISTS (SELECT 1 FROM run WHERE id = $1)`,
    run.run,
    run.action,
    JSON.stringify(run.words),
    run.folder,
    run.folderId,
    run.path ?? null,
    run.session ?? null,
    run.before,
    run.at,
  );

/** Notes what a run changed. */
export const endUndoRun = (
  sql: Sql,
  run: string,
  { after, changed }: { readonly after: string; readonly changed: number },
): Promise<number> =>
  sql.run('UPDATE undo_run SET after = $1, changed = $2 WHERE run = $3', after, changed, run);

/** Notes that a run was taken back by another. */
export const markUndone = (sql: Sql, run: string, by: string): Promise<number> =>
  sql.run('UPDATE undo_run SET undone_by = $1 WHERE run = $2', by, run);

/** What a run took back was brought in again: that is done once more. */
export const unmarkUndone = (sql: Sql, by: string): Promise<number> =>
  sql.run('UPDATE undo_run SET undone_by = NULL WHERE undone_by = $1', by);

export const forgetUndoRun = (sql: Sql, run: string): Promise<number> =>
  sql.run('DELETE FROM undo_run WHERE run = $1', run);

/** The newest that was not taken back and took nothing back itself; of one session, where one is given. */
export async function lastUndoRun(sql: Sql, session?: string): Promise<UndoRecord | undefined> {
  const row = await sql.get(
    `SELECT * FROM undo_run WHERE undone_by IS NULL AND action <> 'undo.restore'
     AND ($1 IS NULL OR session = $1) ORDER BY number DESC LIMIT 1`,
    session ?? null,
  );
  return row && asRecord(row);
}

/** The newest first; of one session, where one is given. */
export async function undoRuns(
  sql: Sql,
  { limit, session }: { readonly limit: number; readonly session?: string },
): Promise<readonly UndoRecord[]> {
  const rows = await sql.all(
    `SELECT * FROM undo_run WHERE $2 IS NULL OR session = $2 ORDER BY number DESC LIMIT $1`,
    limit,
    session ?? null,
  );
  return rows.map(asRecord);
}

/** When the oldest began; undefined where there is none. */
export async function oldestUndoRun(sql: Sql): Promise<number | undefined> {
  const row = await sql.get('SELECT min(at) AS at FROM undo_run');
  return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
}

const asRecord = (row: Row): UndoRecord => ({
  code: runCode(String(row.run)),
  run: String(row.run),
  action: String(row.action),
  words: JSON.parse(String(row.words)) as readonly string[],
  folder: String(row.folder),
  folderId: String(row.folder_id),
  ...(row.path === null ? {} : { path: String(row.path) }),
  ...(row.session === null ? {} : { session: String(row.session) }),
  before: String(row.before),
  ...(row.after === null ? {} : { after: String(row.after) }),
  ...(row.changed === null ? {} : { changed: Number(row.changed) }),
  undone: row.undone_by !== null,
  at: Number(row.at),
});
