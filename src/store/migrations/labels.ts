import type { Migration } from './run.ts';

/**
 * What brought each thing into a conversation, and which files hold words of strangers or secrets
 * because of the run that wrote them. `path` is absolute; everything below it counts. `run` names the
 * run that is still writing; it is empty once that is over.
 */
export const labels: Migration = {
  version: 6,
  statements: [
    'ALTER TABLE transcript ADD COLUMN source TEXT',
    `CREATE TABLE taint(
      path TEXT NOT NULL, run TEXT NOT NULL, labels TEXT NOT NULL, PRIMARY KEY(path, run)
    ) STRICT`,
  ],
};
