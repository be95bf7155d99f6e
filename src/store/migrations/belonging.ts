import type { Migration } from './run.ts';

/** Which conversation of its session a turn, and a post in the feed, belongs to; and whose events are bygone. */
export const belonging: Migration = {
  version: 40,
  statements: [
    'ALTER TABLE spool ADD COLUMN talk INTEGER',
    'ALTER TABLE feed ADD COLUMN talk INTEGER',
    // Of those that went before nobody knows whose they were, or when.
    `ALTER TABLE bygone ADD COLUMN account TEXT NOT NULL DEFAULT ''`,
    'ALTER TABLE bygone ADD COLUMN seen INTEGER NOT NULL DEFAULT 0',
  ],
};
