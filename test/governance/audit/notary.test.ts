import { describe, expect, it } from 'vitest';
import { parseKey, parseNote, parseSigner, signersOf } from '../../../src/base/signed-note.ts';
import { parseCheckpoint } from '../../../src/domain/checkpoint.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { recordStatus } from '../../../src/governance/audit/how-signed.ts';
import { growTree } from '../../../src/governance/audit/tree.ts';
import { verifyAudit } from '../../../src/governance/audit/verify.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { checkpointsAfter } from '../../../src/store/tables/audit-keys.ts';
import { readTree } from '../../../src/store/tables/audit-tree.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';
import { memoryKeys, signedRecord } from './stage.ts';

const idOf = (key: string): string => parseKey(key)?.id ?? '';

describe('the key of the record', () => {
  it('is made at the first start, announced in the record, and signs that at once', async () => {
    const { store, notary, secrets } = await signedRecord();
    const [entry] = await newestEntries(store, { limit: 1 });
    expect(entry).toMatchObject({ kind: 'audit.key', body: { key: notary.key(), why: 'first' } });
    expect(parseSigner(secrets.get(idOf(notary.key())) ?? '')?.text).toBe(notary.key());
    expect(JSON.stringify(entry)).not.toContain('PRIVATE');
    const found = await verifyAudit(store, { trusted: [notary.key()] });
    expect(found).toMatchObject({ ok: true, entries: 1, signed: 1, remarks: [] });
  });

  it('is the same at the next start', async () => {
    const { store, notary, reopen } = await signedRecord();
    expect((await reopen()).key()).toBe(notary.key());
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 1 });
  });

  it('hands over to the next in one checkpoint that both sign, and is forgotten', async () => {
    const { store, notary, secrets, record } = await signedRecord();
    const before = notary.key();
    await record(5);
    const after = await notary.rotate();
    await record(5);
    await notary.checkpoint();
    expect([...secrets.keys()]).toEqual([idOf(after)]);
    const notes = (await checkpointsAfter(store, 0)).map(({ size, note }) => {
      const keys = [before, after].flatMap((key) => parseKey(key) ?? []);
      const parsed = parseNote(note);
      return [size, parsed && signersOf(parsed, keys)?.map(({ id }) => id)];
    });
    expect(notes).toEqual([
      [1, [idOf(before)]],
      [7, [idOf(before), idOf(after)]],
      [12, [idOf(after)]],
    ]);
    for (const trusted of [before, after]) {
      const found = await verifyAudit(store, { trusted: [trusted] });
      expect(found).toMatchObject({ ok: true, entries: 12, signed: 12, remarks: [] });
    }
  });

  it('is replaced with words where it is gone, and whoever verifies is told of the gap', async () => {
    const { store, notary, secrets, reopen, record, said } = await signedRecord();
    const before = notary.key();
    await record(3);
    secrets.clear();
    const after = (await reopen()).key();
    expect(after).not.toBe(before);
    expect(said.at(-1)).toMatchObject({ level: 'error' });
    expect(said.at(-1)?.text).toContain(idOf(before));
    expect(await newestEntries(store, { limit: 1 })).toMatchObject([{ body: { why: 'lost' } }]);
    const found = await verifyAudit(store, { trusted: [after] });
    expect(found).toMatchObject({ ok: true, signed: 5 });
    expect(found.ok && found.remarks.join()).toContain('entry 4');
    // Whoever knows only the old one learns that it does not speak for what came after.
    const old = await verifyAudit(store, { trusted: [before] });
    expect(old).toMatchObject({ ok: false, done: 're-signed', seq: 4 });
  });

  it('begins anew under another name where more was signed than the record has', async () => {
    const { store, notary, reopen, said } = await signedRecord();
    const again = await reopen({ signedElsewhere: () => 900 });
    const [before, after] = [parseKey(notary.key())?.name, parseKey(again.key())?.name];
    expect(after).not.toBe(before);
    expect(said.at(-1)?.text).toContain('900');
    const found = await verifyAudit(store, { trusted: [again.key()] });
    expect(found.ok && found.remarks.join()).toContain('shorter than what was signed');
  });

  it('is never taken from another that is kept under its name', async () => {
    const first = await signedRecord();
    const other = await signedRecord();
    const [id, stolen] = [idOf(first.notary.key()), [...other.secrets.values()][0] ?? ''];
    const keys = memoryKeys(new Map([[id, stolen]]));
    expect(parseKey((await first.reopen({ keys })).key())?.id).not.toBe(id);
  });
});

describe('a checkpoint', () => {
  it('is made where something is new, and is the same one where nothing is', async () => {
    const { store, notary, record } = await signedRecord();
    await record(4);
    const first = await notary.checkpoint();
    expect(first.size).toBe(5);
    expect(await notary.checkpoint()).toMatchObject({ note: first.note });
    await record(1);
    expect((await notary.checkpoint()).size).toBe(6);
    expect(await checkpointsAfter(store, 0)).toHaveLength(3);
    expect(await recordStatus(store)).toMatchObject({ entries: 6, signed: 6 });
  });

  it('is due after every thousand entries', async () => {
    const { store } = await freshStore();
    let due = 0;
    const audit = createAudit(heldClock(), () => {
      due += 1;
    });
    await store.tx(async (sql) => {
      for (let i = 0; i < 2500; i++) await audit(sql, 'x', { i });
    });
    expect(due).toBe(2);
  });

  it('covers whole transactions only, however many write at once', async () => {
    const { store, audit, notary } = await signedRecord();
    const writing = Array.from({ length: 60 }, (_, i) =>
      store.tx(async (sql) => {
        await audit(sql, 'x', { i });
        if (i % 4 === 0) throw new Error('on second thoughts');
        await audit(sql, 'y', { i });
      }),
    );
    const signing = Array.from({ length: 10 }, () => notary.checkpoint());
    await Promise.allSettled([...writing, ...signing]);
    const found = await verifyAudit(store, { trusted: [notary.key()] });
    expect(found).toMatchObject({ ok: true, entries: 1 + 45 * 2 });
    for (const { note, size } of await checkpointsAfter(store, 0)) {
      expect(parseCheckpoint(note)?.size).toBe(size);
      expect(size % 2).toBe(1);
    }
  });
});

describe('a record that an older atom wrote', () => {
  /** Takes everything away that an older atom did not have. */
  async function olderRecord(entries: number) {
    const { store } = await freshStore();
    const audit = createAudit(heldClock());
    await store.tx(async (sql) => {
      for (let i = 0; i < entries; i++) await audit(sql, 'x', { i });
    });
    const tree = await readTree(store, 'main');
    await store.run(
      "UPDATE audit_tree SET size = 0, head = $1, frontier = '', known = $2",
      ...['0'.repeat(64), entries],
    );
    return { store, audit, tree };
  }

  it('is taken into the tree page by page, and nothing of it is written again', async () => {
    const { store, tree } = await olderRecord(12_001);
    const before = await store.all('SELECT * FROM audit ORDER BY seq');
    await growTree(store);
    expect(await readTree(store, 'main')).toMatchObject({
      size: 12_001,
      head: tree?.head,
      hashes: tree?.hashes,
    });
    expect(await store.all('SELECT * FROM audit ORDER BY seq')).toEqual(before);
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 12_001 });
  });

  it('goes on where a start was cut off, and where somebody records before the first start', async () => {
    const { store, audit } = await olderRecord(7000);
    let pages = 0;
    const cut = {
      ...store,
      tx: (work: Parameters<typeof store.tx>[0]) => {
        pages += 1;
        if (pages > 1) throw new Error('killed');
        return store.tx(work);
      },
    };
    await expect(growTree(cut as typeof store)).rejects.toThrow('killed');
    expect((await readTree(store, 'main'))?.size).toBe(5000);
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 7000 });
    await store.tx((sql) => audit(sql, 'halt.panic', {}));
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 7001 });
  });

  it('that has a gap keeps its numbers, and the gap is named', async () => {
    const { store, audit } = await olderRecord(10);
    await store.run('DELETE FROM audit WHERE seq = 4');
    await store.tx((sql) => audit(sql, 'x', {}));
    expect((await newestEntries(store, { limit: 1 }))[0]?.seq).toBe(10);
    expect(await verifyAudit(store)).toMatchObject({ ok: false, seq: 4, done: 'missing' });
  });
});

it('lets nothing be done where the record lost count of itself', async () => {
  const { store, audit } = await signedRecord();
  await store.run('DELETE FROM audit_tree');
  await expect(store.tx((sql) => audit(sql, 'x', {}))).rejects.toThrow('tampered');
});
