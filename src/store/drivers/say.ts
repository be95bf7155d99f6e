import type Database from 'better-sqlite3';

/** What is said around the statements of a transaction. */
export type TransactionWord =
  | 'BEGIN IMMEDIATE'
  | 'COMMIT'
  | 'ROLLBACK'
  | 'SAVEPOINT one'
  | 'RELEASE one'
  | 'ROLLBACK TO one';

const prepared = new WeakMap<
  Database.Database,
  Map<TransactionWord, Database.Statement<unknown[]>>
>();

/** Says one of these words to a connection, for which it is prepared once. */
export function say(db: Database.Database, word: TransactionWord): void {
  const words = prepared.get(db) ?? new Map<TransactionWord, Database.Statement<unknown[]>>();
  prepared.set(db, words);
  const statement = words.get(word) ?? db.prepare<unknown[]>(word);
  words.set(word, statement);
  statement.run();
}
