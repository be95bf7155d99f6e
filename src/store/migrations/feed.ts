import type { Migration } from './run.ts';

/** Threads, reactions and filters of the feed, and what of an agent is told there. */
export const feed: Migration = {
  version: 34,
  statements: [
    `ALTER TABLE feed ADD COLUMN by_kind TEXT NOT NULL DEFAULT 'system'`,
    'ALTER TABLE feed ADD COLUMN reply_to INTEGER',
    'ALTER TABLE feed ADD COLUMN root INTEGER',
    'ALTER TABLE feed ADD COLUMN replies INTEGER NOT NULL DEFAULT 0',
    `ALTER TABLE feed ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]'`,
    'ALTER TABLE feed ADD COLUMN session TEXT',
    'ALTER TABLE feed ADD COLUMN about TEXT',
    'ALTER TABLE feed ADD COLUMN progress REAL',
    'ALTER TABLE feed ADD COLUMN labels TEXT',
    'CREATE INDEX feed_author ON feed(author, seq)',
    'CREATE INDEX feed_kind ON feed(kind, seq)',
    'CREATE INDEX feed_author_kind ON feed(author, kind, seq)',
    'CREATE INDEX feed_root ON feed(root, seq) WHERE root IS NOT NULL',
    `CREATE TABLE reaction(
      post INTEGER NOT NULL, who TEXT NOT NULL, mark TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY(post, who, mark)
    ) STRICT, WITHOUT ROWID`,
    'ALTER TABLE agent ADD COLUMN feed TEXT',
    'ALTER TABLE agent ADD COLUMN private INTEGER NOT NULL DEFAULT 0',
    // Conversations that a private jail was used in: nothing of them is posted.
    'CREATE TABLE hush(session TEXT NOT NULL, talk INTEGER NOT NULL, PRIMARY KEY(session, talk)) STRICT, WITHOUT ROWID',
  ],
};
