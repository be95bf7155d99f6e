import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { openNotary } from '../../../src/governance/audit/notary.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Untouched } from './attempt.ts';

/** Entries, and how many of them each checkpoint comes after. */
const ENTRIES = 70;
const EVERY = 9;

/** A record of some length in `folder`, signed now and then and at its end. */
export async function untouchedRecord(folder: string): Promise<Untouched> {
  const database = join(folder, 'untouched.db');
  const copies = join(folder, 'copies.txt');
  const store = await openStore({ file: database });
  let now = 1_700_000_000_000;
  const clock: Clock = { now: () => (now += 7), monotonic: () => now };
  const audit = createAudit(clock);
  const notary = await openNotary({
    store,
    audit,
    clock,
    profile: 'test',
    signedElsewhere: () => 0,
    log: createLog(() => undefined),
    keys: { get: async () => undefined, set: async () => undefined, remove: async () => undefined },
  });
  await store.tx(async (sql) => {
    for (let i = 0; i < EVERY; i++) await audit(sql, 'begun', { run: `r${i}` });
  });
  for (let i = 0; i < ENTRIES; i++) {
    await store.tx((sql) => audit(sql, i % 2 ? 'done' : 'begun', { run: `r${i}`, exit: i % 3 }));
    if (i % EVERY === 0) await notary.checkpoint();
  }
  const { note } = await notary.checkpoint();
  writeFileSync(copies, `Saved from a chat:\n\n${note.trimEnd()}`);
  const key = notary.key();
  await store.close();
  return { database, key, copies };
}
