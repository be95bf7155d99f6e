import type { Migration } from './run.ts';

/** Yeses that stand. `words` is JSON; `sender` is `channel/id`, `by` is `surface/id`. */
export const standing: Migration = {
  version: 5,
  statements: [
    `CREATE TABLE standing(
      id TEXT PRIMARY KEY, agent TEXT NOT NULL, action TEXT NOT NULL, jail TEXT NOT NULL,
      access TEXT NOT NULL, folder TEXT NOT NULL, sender TEXT NOT NULL, program TEXT NOT NULL,
      words TEXT NOT NULL, extent TEXT NOT NULL, given_by TEXT NOT NULL,
      created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
      last_used_at INTEGER, uses INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    'CREATE INDEX standing_scope ON standing(agent, jail, sender)',
  ],
};
