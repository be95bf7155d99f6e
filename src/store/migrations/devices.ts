import type { Migration } from './run.ts';

/**
 * Clients that hold a key to the gateway, as `d` and `seq`, and the one setup code that may be out. Keys
 * and tokens are not kept, only their SHA-256.
 */
export const devices: Migration = {
  version: 15,
  statements: [
    // AUTOINCREMENT: the number of a device that is gone is given to nobody else.
    `CREATE TABLE device(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, kind TEXT NOT NULL,
      scopes TEXT NOT NULL, public_key TEXT, key_hash TEXT, added_at INTEGER NOT NULL,
      last_seen_at INTEGER, revoked_at INTEGER
    ) STRICT`,
    `CREATE TABLE bootstrap(
      one INTEGER PRIMARY KEY CHECK (one = 1), hash TEXT NOT NULL, scopes TEXT NOT NULL,
      boot TEXT NOT NULL, expires_at INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
  ],
};
