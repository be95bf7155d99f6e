import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { openStore } from '../../src/store/open.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { eventFor } from './events.ts';
import { middle } from './measure.ts';

/** What is durable, beside the least that durability costs: 4 KiB written over and flushed to the disk. */
export interface Writes {
  readonly floorMs: number;
  /** How many times the floor: the median of the rounds. */
  readonly spool: number;
  readonly record: number;
}

const ROUNDS = 15;
const EACH = 20;

/** Each round does some of every kind, so that all share the machine's moods; its own floor is its measure. */
export async function timeWrites(folder: string): Promise<Writes> {
  const store = await openStore({ file: join(folder, 'writes.db') });
  const audit = createAudit(systemClock);
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
  const rounds: (readonly [number, number, number])[] = [];
  // The first finds nothing in memory and a WAL that grows.
  for (let round = -2; round < ROUNDS; round++) {
    const times = [await timed(floor), await timed(spool), await timed(record)] as const;
    if (round >= 0) rounds.push(times);
  }
  closeSync(fd);
  await store.close();
  return {
    floorMs: middle(rounds.map(([low]) => low)),
    spool: middle(rounds.map(([low, ours]) => ours / low)),
    record: middle(rounds.map(([low, , ours]) => ours / low)),
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
