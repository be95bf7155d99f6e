import type { Migration } from './run.ts';

/**
 * Which account of Signal a number is held to be of; who sent a file, where it was not an owner; and until when
 * it is remembered that an event came in, where that is not for ever.
 */
export const pocket: Migration = {
  version: 22,
  statements: [
    `CREATE TABLE signal_bearer(
      account TEXT NOT NULL, number TEXT NOT NULL, uuid TEXT NOT NULL, PRIMARY KEY(account, number)
    ) STRICT`,
    'ALTER TABLE media ADD COLUMN giver TEXT',
    'ALTER TABLE bygone ADD COLUMN until INTEGER',
  ],
};
