import type { Migration } from './run.ts';

/** Files that came with messages. Their bytes lie on the disk, by their digest. */
export const media: Migration = {
  version: 19,
  statements: [
    `CREATE TABLE media(
      id TEXT PRIMARY KEY, event TEXT NOT NULL, place INTEGER NOT NULL, session TEXT NOT NULL,
      digest TEXT NOT NULL, bytes INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
      name TEXT, at INTEGER NOT NULL, UNIQUE(event, place)
    ) STRICT`,
    'CREATE INDEX media_session ON media(session, at)',
    'CREATE INDEX media_digest ON media(digest)',
  ],
};
