import type { Migration } from './run.ts';

/**
 * Whose a device is where a provider vouched for it, tokens of such that were used, and how much there was, by
 * day, user, agent, channel and model. `tally_mark` is the last entry of the record that is counted; `tally_open`
 * are questions to models that were not answered by then.
 */
export const editions: Migration = {
  version: 43,
  statements: [
    'ALTER TABLE device ADD COLUMN of_user TEXT',
    'ALTER TABLE device ADD COLUMN identity TEXT',
    'CREATE TABLE spent_token(hash TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE INDEX spent_token_until ON spent_token(until)',
    `CREATE TABLE tally(
      day TEXT NOT NULL, of_user TEXT NOT NULL, agent TEXT NOT NULL, channel TEXT NOT NULL, model TEXT NOT NULL,
      replies INTEGER NOT NULL, actions INTEGER NOT NULL, asked INTEGER NOT NULL,
      calls INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cached INTEGER NOT NULL,
      reasoning INTEGER NOT NULL, ms INTEGER NOT NULL,
      PRIMARY KEY(day, of_user, agent, channel, model)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX tally_user ON tally(of_user, day)',
    'CREATE TABLE tally_mark(one INTEGER PRIMARY KEY CHECK(one = 1), seq INTEGER NOT NULL) STRICT',
    `CREATE TABLE tally_open(
      run TEXT PRIMARY KEY, at INTEGER NOT NULL, of_user TEXT NOT NULL, agent TEXT NOT NULL, channel TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
