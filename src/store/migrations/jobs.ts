import type { Migration } from './run.ts';

/** What the owner wants done at a time. */
export const jobs: Migration = {
  version: 26,
  statements: [
    `CREATE TABLE job(
      number INTEGER PRIMARY KEY AUTOINCREMENT, does TEXT NOT NULL, said TEXT NOT NULL,
      schedule TEXT NOT NULL, stated TEXT NOT NULL, zone TEXT NOT NULL, agent TEXT NOT NULL,
      home TEXT NOT NULL, made_by TEXT NOT NULL, created_at INTEGER NOT NULL, paused INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER NOT NULL, last_at INTEGER, last_event TEXT
    ) STRICT`,
    'CREATE INDEX job_next ON job(next_at) WHERE paused = 0',
  ],
};
