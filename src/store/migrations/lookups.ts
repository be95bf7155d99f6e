import type { Migration } from './run.ts';

/** What a start and `atom status` look for among very many rows. Only rare rows are in these, so few writes pay. */
export const lookups: Migration = {
  version: 13,
  statements: [
    `CREATE INDEX audit_lasting ON audit(kind, seq) WHERE kind IN ('jails.changed', 'rules.changed')`,
    `CREATE INDEX spool_dead ON spool(seq) WHERE state = 'dead'`,
    `CREATE INDEX outbox_failed ON outbox(seq) WHERE state = 'failed'`,
  ],
};
