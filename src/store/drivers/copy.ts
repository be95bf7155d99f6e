import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { inWords } from './sqlite-words.ts';

/**
 * Copies a database as it is at one moment, while others read and write it, to a file that is not there
 * yet (mode 0600, flushed to disk). Throws AtomError with words for a full disk or a damaged file.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  try {
    // Made here, so that nobody else may open it for a moment.
    closeSync(openSync(to, 'wx', 0o600));
    const db = new Database(from, { readonly: true, fileMustExist: true, timeout: 5000 });
    try {
      await db.backup(to);
    } finally {
      db.close();
    }
    // In one file, so that whoever looks at it leaves nothing beside it.
    const copy = new Database(to);
    copy.pragma('journal_mode=DELETE');
    copy.close();
    chmodSync(to, 0o600);
    const fd = openSync(to, 'r+');
    fsyncSync(fd);
    closeSync(fd);
  } catch (error) {
    throw inWords(to, error);
  }
}

/** What SQLite says of the whole file: `ok`, or the first thing that is wrong. */
export function integrityOf(file: string): string {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return String(db.pragma('integrity_check(1)', { simple: true }));
    } finally {
      db.close();
    }
  } catch (error) {
    throw inWords(file, error);
  }
}
