import type { Migration } from './run.ts';

/** What the owner approved of channels of their own. */
export const ownChannels: Migration = {
  version: 42,
  statements: [
    `CREATE TABLE own_channel(
       channel TEXT PRIMARY KEY,
       digest TEXT NOT NULL,
       said TEXT NOT NULL,
       at INTEGER NOT NULL,
       by TEXT NOT NULL
     ) STRICT`,
  ],
};
