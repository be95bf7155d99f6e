import type { Migration } from './run.ts';

/** What the owner approved of skills, which are turned off, and what was said to wait for an approval. */
export const skills: Migration = {
  version: 24,
  statements: [
    `CREATE TABLE skill_approval(
      id TEXT PRIMARY KEY, digest TEXT NOT NULL, permissions TEXT NOT NULL, files TEXT NOT NULL,
      at INTEGER NOT NULL, by TEXT NOT NULL
    ) STRICT`,
    'CREATE TABLE skill_off(id TEXT PRIMARY KEY) STRICT',
    'CREATE TABLE skill_told(id TEXT PRIMARY KEY, what TEXT NOT NULL) STRICT',
  ],
};
