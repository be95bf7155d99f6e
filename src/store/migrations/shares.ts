import type { Migration } from './run.ts';

/**
 * Whose share a message in a thread takes: only of those is there an index, and no message is looked into for it.
 * Nobody has a share of an account that was set up for them alone.
 */
export const shares: Migration = {
  version: 44,
  statements: [
    'DROP INDEX spool_thread',
    'ALTER TABLE spool ADD COLUMN share TEXT',
    `UPDATE spool SET share = json_extract(body, '$.sender.id')
     WHERE state = 'waiting' AND json_extract(body, '$.from.thread') IS NOT NULL
       AND json_extract(body, '$.sender.id') <> account`,
    `CREATE INDEX spool_share ON spool(channel, account, share)
     WHERE state = 'waiting' AND share IS NOT NULL`,
  ],
};
