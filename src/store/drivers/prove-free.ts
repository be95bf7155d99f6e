import Database from 'better-sqlite3';
import { translated } from './sqlite-words.ts';

/** Longer than atom ever holds it, and as long as a person waits. */
const WAIT_MS = 2000;

/**
 * Asks SQLite for the right to write a database, and gives it back without having written. To be called
 * while another connection is open: the last to close would tidy up. Throws AtomError `failed` where
 * another program holds it, or nothing can be written.
 */
export const proveFree = (file: string): void =>
  translated(file, () => {
    const db = new Database(file, { fileMustExist: true, timeout: WAIT_MS });
    try {
      db.exec('BEGIN IMMEDIATE');
      db.exec('ROLLBACK');
    } finally {
      db.close();
    }
  });
