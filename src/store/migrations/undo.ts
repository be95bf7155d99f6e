import type { Migration } from './run.ts';

/** What runs changed, so that it can be taken back; contents lie in files beside the store. */
export const undo: Migration = {
  version: 3,
  statements: [
    `CREATE TABLE undo_run(
      number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL UNIQUE, action TEXT NOT NULL,
      words TEXT NOT NULL, folder TEXT NOT NULL, folder_id TEXT NOT NULL, path TEXT, session TEXT,
      before TEXT NOT NULL, after TEXT, changed INTEGER, undone_by TEXT, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX undo_run_session ON undo_run(session, number)`,
    `CREATE TABLE undo_pack(id TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT`,
    `CREATE TABLE undo_content(
      sha TEXT PRIMARY KEY, pack TEXT NOT NULL REFERENCES undo_pack(id),
      at INTEGER NOT NULL, length INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX undo_content_pack ON undo_content(pack)`,
  ],
};
