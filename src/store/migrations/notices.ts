import type { Migration } from './run.ts';

/**
 * What waits to be told to a chat: for quiet hours to end, or for the message of the day. `told` is how often
 * the same happened. Of what is over the bound only the number is kept, in the row without a likeness.
 */
export const notices: Migration = {
  version: 37,
  statements: [
    `CREATE TABLE notice(
      name TEXT NOT NULL, likeness TEXT NOT NULL, said TEXT NOT NULL, due INTEGER NOT NULL,
      at INTEGER NOT NULL, told INTEGER NOT NULL DEFAULT 1,
      PRIMARY KEY(name, likeness)
    ) STRICT, WITHOUT ROWID`,
  ],
};
