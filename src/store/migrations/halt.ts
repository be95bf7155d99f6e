import type { Migration } from './run.ts';

/**
 * What holds everything up, at most one row, and what agents used: one row for each thing they did.
 * `money` is in millionths, `at` on the budget's own clock, which never goes back.
 */
export const halt: Migration = {
  version: 7,
  statements: [
    `CREATE TABLE halt(
      one INTEGER PRIMARY KEY CHECK(one = 1), kind TEXT NOT NULL, decided_by TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE usage(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, agent TEXT NOT NULL, task TEXT NOT NULL,
      at INTEGER NOT NULL, command INTEGER NOT NULL, money INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX usage_at ON usage(at)`,
    `CREATE INDEX usage_run ON usage(run)`,
    `CREATE INDEX usage_task ON usage(task)`,
  ],
};
