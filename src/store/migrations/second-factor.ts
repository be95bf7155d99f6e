import type { Migration } from './run.ts';

/** The owner's second factor: one row where there is one. Its secret is kept elsewhere, with the keys. */
export const secondFactor: Migration = {
  version: 2,
  statements: [
    `CREATE TABLE second_factor(
      one INTEGER PRIMARY KEY CHECK (one = 1), enrolled_at INTEGER NOT NULL,
      last_step INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER
    ) STRICT`,
    `CREATE TABLE recovery_code(hash TEXT PRIMARY KEY, used_at INTEGER, used_for TEXT) STRICT`,
  ],
};
