import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/base/clock.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { openStore } from '../../src/store/open.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { eventFor } from './events.ts';
import { middle } from './measure.ts';

/** What is durable, beside the least that durability costs: 4 KiB written over and flushed to the disk. */
export interface Writes {
  readonly floorMs: number;
  /** The same for a bare better-sqlite3 that commits one row as durably: no store is below it. */
  readonly bare: number;
  /** How many times the floor: the median of the rounds. */
  readonly spool: number;
  readonly record: number;
}

const ROUNDS = 15;
const EACH = 20;
/** After a thousand pages a WAL is written over and grows no more; a commit writes one page or more. */
const WARM = 1000;

/** Each round does some of every kind, so that all share the machine's moods; its own floor is its measure. */
export async function timeWrites(folder: string): Promise<Writes> {
  const store = await openStore({ file: join(folder, 'writes.db') });
  const audit = createAudit(systemClock);
  const bare = bareCommit(join(folder, 'bare.db'));
  const fd = openSync(join(folder, 'floor'), 'w');
  const page = Buffer.alloc(4096, 1);
  let told = 0;
  const floor = async (): Promise<void> => {
    writeSync(fd, page, 0, page.length, 0);
    fdatasyncSync(fd);
  };
  const spool = async () => store.tx((sql) => spoolEvent(sql, eventFor(told++), 'lane'));
  const record = async () =>
    store.tx((sql) => audit(sql, 'done', { run: 'r', digest: 'd'.repeat(64) }));
  const rounds: (readonly [number, number, number, number])[] = [];
  for (let n = 0; n < WARM; n++) for (const write of [spool, record, bare]) await write();
  for (let round = 0; round < ROUNDS; round++)
    rounds.push([
      ...([await timed(floor), await timed(spool)] as const),
      ...([await timed(record), await timed(bare)] as const),
    ]);
  closeSync(fd);
  await store.close();
  return {
    floorMs: middle(rounds.map(([low]) => low)),
    bare: middle(rounds.map(([low, , , sqlite]) => sqlite / low)),
    spool: middle(rounds.map(([low, ours]) => ours / low)),
    record: middle(rounds.map(([low, , ours]) => ours / low)),
  };
}

function bareCommit(file: string): () => Promise<void> {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)');
  const [begin, insert, commit] = ['BEGIN IMMEDIATE', 'INSERT INTO t(b) VALUES(?)', 'COMMIT'].map(
    (sql) => db.prepare(sql),
  );
  const row = 'x'.repeat(300);
  return async () => {
    begin?.run();
    insert?.run(row);
    commit?.run();
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < EACH; n++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return middle(times);
}
