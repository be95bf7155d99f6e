import type { Migration } from './run.ts';

/**
 * What agents do for each other. `chain` is a JSON list; `asker` NULL for the owner. What an agent wakes for,
 * and who may ask it, are JSON lists as well: NULL for nothing, and for everybody.
 */
export const errands: Migration = {
  version: 35,
  statements: [
    `CREATE TABLE errand(
      event TEXT PRIMARY KEY, cause TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, asker TEXT, asked TEXT NOT NULL,
      root TEXT NOT NULL, chain TEXT NOT NULL, post INTEGER, at INTEGER NOT NULL,
      answer TEXT, labels TEXT, result TEXT
    ) STRICT`,
    'CREATE INDEX errand_root ON errand(root)',
    'CREATE INDEX errand_at ON errand(at)',
    'ALTER TABLE agent ADD COLUMN wakes TEXT',
    'ALTER TABLE agent ADD COLUMN asked_by TEXT',
  ],
};
