import type { Migration } from './run.ts';

/** The first shape of the store. Times are milliseconds since 1970; `body`-like columns are JSON. */
export const first: Migration = {
  version: 1,
  statements: [
    `CREATE TABLE agent(
      id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, maturity TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE session(
      id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, agent TEXT NOT NULL REFERENCES agent(id),
      home TEXT NOT NULL, started_at INTEGER NOT NULL, since INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `CREATE TABLE lane(
      queue TEXT NOT NULL, lane TEXT NOT NULL, depth INTEGER NOT NULL DEFAULT 0,
      due INTEGER NOT NULL DEFAULT 0, lease INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY(queue, lane)
    ) STRICT`,
    `CREATE INDEX lane_ready ON lane(queue, due) WHERE depth > 0`,
    `CREATE TABLE spool(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
      channel TEXT NOT NULL, account TEXT NOT NULL, external_id TEXT NOT NULL,
      lane TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
      result TEXT, at INTEGER NOT NULL, UNIQUE(channel, account, external_id)
    ) STRICT`,
    `CREATE INDEX spool_open ON spool(lane, seq) WHERE state = 'waiting'`,
    `CREATE TABLE transcript(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL REFERENCES session(id),
      event TEXT NOT NULL, labels TEXT NOT NULL, item TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX transcript_session ON transcript(session, seq)`,
    `CREATE TABLE outbox(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, lane TEXT NOT NULL,
      body TEXT NOT NULL, approval TEXT, edits_row TEXT, state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, external_id TEXT, error TEXT, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX outbox_open ON outbox(lane, seq) WHERE state IN ('queued', 'sending', 'uncertain')`,
    `CREATE INDEX outbox_approval ON outbox(approval) WHERE approval IS NOT NULL`,
    `CREATE TABLE send_window(scope TEXT PRIMARY KEY, sent TEXT NOT NULL) STRICT`,
    `CREATE TABLE approval(
      id TEXT PRIMARY KEY, code TEXT NOT NULL, boot TEXT NOT NULL, digest TEXT NOT NULL,
      request TEXT NOT NULL, card TEXT NOT NULL, state TEXT NOT NULL,
      asked_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
      decided_by TEXT, decided_at INTEGER
    ) STRICT`,
    `CREATE UNIQUE INDEX approval_pending ON approval(code) WHERE state = 'pending'`,
    `CREATE TABLE run(
      id TEXT PRIMARY KEY, digest TEXT NOT NULL, action TEXT NOT NULL, boot TEXT NOT NULL,
      state TEXT NOT NULL, result TEXT, begun_at INTEGER NOT NULL, ended_at INTEGER
    ) STRICT`,
    `CREATE TABLE audit(
      chain TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
      body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(chain, seq)
    ) STRICT`,
    `CREATE TABLE feed(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, author TEXT NOT NULL,
      kind TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE phrase(text TEXT PRIMARY KEY, canonical TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
  ],
};
