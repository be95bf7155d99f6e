import type { Migration } from './run.ts';

/**
 * Who failed so often that they are left alone for a while (a closed circuit has no row), and why a
 * message that came in was given up.
 */
export const circuits: Migration = {
  version: 9,
  statements: [
    `CREATE TABLE circuit(
      name TEXT PRIMARY KEY, failures INTEGER NOT NULL, successes INTEGER NOT NULL,
      opened_at INTEGER, tried_at INTEGER, reason TEXT
    ) STRICT`,
    'ALTER TABLE spool ADD COLUMN error TEXT',
  ],
};
