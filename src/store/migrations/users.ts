import type { Migration } from './run.ts';

/** Whose work a post of the feed tells of, and the users that the owner agreed to, found at each start. */
export const users: Migration = {
  version: 41,
  statements: [
    'ALTER TABLE feed ADD COLUMN of_user TEXT',
    'CREATE INDEX feed_of_user ON feed(of_user, seq) WHERE of_user IS NOT NULL',
    'DROP INDEX audit_lasting',
    `CREATE INDEX audit_lasting ON audit(kind, seq)
     WHERE kind IN ('jails.changed', 'rules.changed', 'users.changed')`,
  ],
};
