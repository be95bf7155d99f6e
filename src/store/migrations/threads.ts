import type { Migration } from './run.ts';

/** Finds what waits of one sender in threads, however much else waits. */
export const threads: Migration = {
  version: 38,
  statements: [
    `CREATE INDEX spool_thread
     ON spool(channel, account, json_extract(body, '$.sender.id'))
     WHERE state = 'waiting' AND json_extract(body, '$.from.thread') IS NOT NULL`,
  ],
};
