import { describe, expect, it } from 'vitest';
import type { Sql } from '../../../src/domain/store.ts';
import { exportLines } from '../../../src/governance/audit/export.ts';
import { pruneAudit } from '../../../src/governance/audit/prune.ts';
import { verifyAudit } from '../../../src/governance/audit/verify.ts';
import { verifyExport } from '../../../src/governance/audit/verify-export.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { type Signed, signedRecord } from './stage.ts';

const HOUR = 3_600_000;

/** Ten entries an hour, signed at the end of each, for some hours. */
async function hours(count: number): Promise<Signed & { readonly began: number }> {
  const record = await signedRecord();
  const began = record.clock.now();
  for (let hour = 0; hour < count; hour++) {
    await record.record(10);
    await record.notary.checkpoint();
    record.clock.pass(HOUR);
  }
  return { ...record, began };
}

describe('letting go of old entries', () => {
  it('stops at a signed checkpoint, and the rest verifies as before', async () => {
    const { store, audit, clock, notary, began } = await hours(5);
    const pruned = await pruneAudit({ store, audit, clock }, { before: began + 2.5 * HOUR });
    expect(pruned).toEqual({ entries: 31, size: 31, more: false });
    const oldest = await store.get('SELECT min(seq) AS seq FROM audit');
    expect(oldest?.seq).toBe(31);
    expect(await newestEntries(store, { limit: 1 })).toMatchObject([
      { kind: 'audit.pruned', body: { entries: 31, upTo: 31 } },
    ]);
    const found = await verifyAudit(store, { trusted: [notary.key()] });
    expect(found).toMatchObject({ ok: true, entries: 52, from: 31, signed: 51 });
  });

  it('can be done again and again, a few at a time, and through a change of keys', async () => {
    const { store, audit, clock, notary, record, began } = await hours(4);
    const first = notary.key();
    await notary.rotate();
    await record(10);
    await notary.checkpoint();
    clock.pass(HOUR);
    let left = true;
    let [calls, gone] = [0, 0];
    while (left) {
      const { more, entries } = await pruneAudit(
        { store, audit, clock },
        { before: began + 40 * HOUR, most: 15 },
      );
      [left, calls, gone] = [more, calls + 1, gone + entries];
    }
    expect([calls, gone]).toEqual([5, 52]);
    for (const key of [first, notary.key()])
      expect(await verifyAudit(store, { trusted: [key] })).toMatchObject({ ok: true, from: 52 });
  });

  it('lets go of nothing that no checkpoint covers, or that is too young', async () => {
    const { store, audit, clock, record, began } = await hours(2);
    await record(5);
    const young = await pruneAudit({ store, audit, clock }, { before: began - 1 });
    expect(young).toEqual({ entries: 0, size: 0, more: false });
    await pruneAudit({ store, audit, clock }, { before: clock.now() + HOUR });
    expect((await store.get('SELECT min(seq) AS seq FROM audit'))?.seq).toBe(21);
  });

  it('never lets go of what somebody tampered with', async () => {
    const { store, audit, clock, began } = await hours(3);
    await store.run(`UPDATE audit SET body = '{"run":"forged"}' WHERE seq = 4`);
    const pruning = pruneAudit({ store, audit, clock }, { before: began + 2.5 * HOUR });
    await expect(pruning).rejects.toThrow('entry 4 was changed');
    expect(await verifyAudit(store)).toMatchObject({ ok: false, seq: 4 });
  });

  it('leaves old copies of checkpoints good for nothing but what is left', async () => {
    const { store, audit, clock, notary, began } = await hours(5);
    const lines = await linesOf(store);
    await pruneAudit({ store, audit, clock }, { before: began + 2.5 * HOUR });
    const rest = await linesOf(store);
    const trusted = [notary.key()];
    expect(await verifyExport(from(lines), { trusted })).toMatchObject({ ok: true, from: 0 });
    expect(await verifyExport(from(rest), { trusted })).toMatchObject({ ok: true, from: 31 });
    // Somebody who lets go of more than was said is found out.
    const fewer = rest.filter((line) => !line.includes('"seq":33}'));
    expect(await verifyExport(from(fewer), { trusted })).toMatchObject({
      done: 'missing',
      seq: 33,
    });
    await store.run('UPDATE audit_base SET frontier = $1', 'ab'.repeat(32 * 5));
    expect(await verifyAudit(store, { trusted })).toMatchObject({ ok: false, done: 'rewritten' });
  });
});

async function linesOf(sql: Sql): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(sql)) lines.push(line);
  return lines;
}

async function* from(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
