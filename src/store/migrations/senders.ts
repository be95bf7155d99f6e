import type { Migration } from './run.ts';

/**
 * Who was let in by pairing, and what is under way there. Times of `pairing` and its limits are the steady
 * clock's; tokens and codes are hashes, salted with the pairing's id. `who` is `channel/account/id`, and
 * `*` for everybody.
 */
export const senders: Migration = {
  version: 14,
  statements: [
    `CREATE TABLE sender(
      channel TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL, handle TEXT NOT NULL UNIQUE,
      name TEXT, role TEXT NOT NULL, state TEXT NOT NULL, how TEXT NOT NULL, given_by TEXT NOT NULL,
      peer TEXT, since INTEGER NOT NULL, last_at INTEGER, PRIMARY KEY(channel, account, id)
    ) STRICT`,
    `CREATE TABLE pairing(
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, channel TEXT NOT NULL, account TEXT, role TEXT NOT NULL,
      state TEXT NOT NULL, token TEXT, code TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
      sender TEXT, name TEXT, peer TEXT, words TEXT,
      made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX pairing_channel ON pairing(channel, kind)',
    'CREATE TABLE pairing_guess(who TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
    'CREATE INDEX pairing_guess_at ON pairing_guess(at)',
    'CREATE TABLE pairing_silence(who TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT',
  ],
};
