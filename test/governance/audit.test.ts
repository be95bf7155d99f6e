import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { genesis, type Leaf, leafHash } from '../../src/domain/audit-entry.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { freshFolder, freshStore, heldClock } from '../store/fresh.ts';

const ENTRIES = 6;
const BODY: Json = {
  words: ['git', 'log', 'é😀\ufffd', 'a\nb', ''],
  n: -1.5,
  big: 1e21,
  yes: true,
  none: null,
  list: [1, [2]],
};

/** A file with a whole chain in it, to be copied and damaged. */
async function chainFile(): Promise<string> {
  const { store, file } = await freshStore();
  const clock = heldClock();
  const audit = createAudit(clock);
  for (let i = 0; i < ENTRIES; i++) {
    clock.pass(1);
    await store.tx((sql) => audit(sql, 'begun', { ...(BODY as object), i }));
  }
  expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: ENTRIES });
  await store.close();
  return file;
}

/** What verification says of a copy that somebody has been at. */
async function damaged(file: string, damage: (db: Database.Database) => void) {
  const copy = join(freshFolder(), 'copy.db');
  copyFileSync(file, copy);
  const db = new Database(copy);
  damage(db);
  db.close();
  const { store } = await freshStore(copy);
  const found = await verifyAudit(store);
  await store.close();
  return found;
}

describe('the record', () => {
  it('holds, from the first entry on, and each entry follows from the one before', async () => {
    const { store } = await freshStore();
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 0, head: genesis });
    const audit = createAudit(heldClock());
    for (const kind of ['a', 'b']) await store.tx((sql) => audit(sql, kind, { kind }));
    const [second, first] = await newestEntries(store, { limit: 9 });
    expect(first).toMatchObject({ seq: 0, prev: genesis });
    expect(second).toMatchObject({ seq: 1, prev: first?.hash });
    expect(await verifyAudit(store)).toMatchObject({ entries: 2, head: second?.hash });
  });

  it('grows by whole transactions, even when many write at once', async () => {
    const { store } = await freshStore();
    const audit = createAudit(heldClock());
    await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        store.tx(async (sql) => {
          await audit(sql, 'x', { i });
          if (i % 3 === 0) throw new Error('on second thoughts');
        }),
      ),
    );
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 26 });
  });

  it('is walked whole where it is longer than a page', async () => {
    const { store } = await freshStore();
    const audit = createAudit(heldClock());
    await store.tx(async (sql) => {
      for (let i = 0; i < 2001; i++) await audit(sql, 'x', { i });
    });
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 2001 });
    await store.run("UPDATE audit SET kind = 'y' WHERE seq = 1500");
    expect(await verifyAudit(store)).toMatchObject({ ok: false, seq: 1500, entries: 1500 });
  });

  it.each(['chain', 'kind', 'body', 'prev', 'hash'])(
    'names the entry of which any byte of its %s was edited',
    async (column) => {
      const { store } = await freshStore();
      const audit = createAudit(heldClock());
      for (let i = 0; i < 3; i++) await store.tx((sql) => audit(sql, 'begun', BODY));
      const row = await store.get(`SELECT CAST(${column} AS BLOB) AS b FROM audit WHERE seq = 1`);
      const whole = row?.b as Uint8Array;
      const write = `UPDATE audit SET ${column} = CAST($1 AS TEXT) WHERE seq = 1`;
      for (const [at, byte] of editsOf(whole)) {
        await store.run(write, whole.with(at, byte));
        const found = await verifyAudit(store);
        expect(found, `byte ${at} as ${byte}`).toMatchObject({ ok: false, seq: 1 });
      }
      await store.run(write, whole);
      expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 3 });
    },
  );

  it.each(['seq', 'at'])('shows any bit that was turned in the %s of an entry', async (column) => {
    const { store } = await freshStore();
    const audit = createAudit(heldClock());
    for (let i = 0; i < 3; i++) await store.tx((sql) => audit(sql, 'begun', BODY));
    const row = await store.get('SELECT * FROM audit WHERE seq = 1');
    const [whole, hash] = [BigInt(Number(row?.[column])), String(row?.hash)];
    const write = `UPDATE audit SET ${column} = $1 WHERE hash = $2`;
    for (let bit = 0n; bit < 63n; bit++) {
      const edited = whole ^ (1n << bit);
      // That number is another entry's, and the table takes none twice.
      if (column === 'seq' && edited === 0n) continue;
      await store.run(write, edited, hash);
      expect(await verifyAudit(store), `bit ${bit}`).toMatchObject({ ok: false });
    }
    await store.run(write, whole, hash);
    expect(await verifyAudit(store)).toMatchObject({ ok: true, entries: 3 });
  });

  it('shows a byte that was taken out of a text or put into it', async () => {
    const { store } = await freshStore();
    const audit = createAudit(heldClock());
    await store.tx((sql) => audit(sql, 'begun', BODY));
    const row = await store.get('SELECT CAST(body AS BLOB) AS bytes FROM audit');
    const whole = row?.bytes as Uint8Array;
    for (let at = 0; at < whole.length; at++) {
      const less = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]);
      const more = Buffer.concat([whole.subarray(0, at), Buffer.from(' '), whole.subarray(at)]);
      for (const edited of [less, more]) {
        await store.run('UPDATE audit SET body = CAST($1 AS TEXT)', edited);
        expect(await verifyAudit(store), `at ${at}`).toMatchObject({ ok: false, seq: 0 });
      }
    }
  });

  it.each<readonly [string, number, string]>([
    ['an entry taken out', 2, 'DELETE FROM audit WHERE seq = 2'],
    ['the first taken out', 0, 'DELETE FROM audit WHERE seq = 0'],
    [
      'an entry taken out and the rest renumbered',
      2,
      'DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 1 WHERE seq > 2',
    ],
    [
      'two entries swapped',
      2,
      'UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 99',
    ],
    [
      'an entry put in twice',
      6,
      'INSERT INTO audit SELECT chain, 6, at, kind, body, prev, hash FROM audit WHERE seq = 5',
    ],
    ['a number left out', 5, 'UPDATE audit SET seq = 9 WHERE seq = 5'],
    ['an entry moved before the first', -1, 'UPDATE audit SET seq = -1 WHERE seq = 5'],
    [
      'an entry of a chain that is not ours',
      77,
      "INSERT INTO audit SELECT 'other', 77, at, kind, body, prev, hash FROM audit WHERE seq = 0",
    ],
    ['an entry renumbered', 2, 'UPDATE audit SET seq = 50 WHERE seq = 2'],
  ])('shows %s', async (_, seq, damage) => {
    const file = await chainFile();
    expect(await damaged(file, (db) => db.exec(damage))).toMatchObject({ ok: false, seq });
  });

  it('shows an entry that was rewritten together with its own hash', async () => {
    const file = await chainFile();
    const found = await damaged(file, (db) => {
      const row = db.prepare('SELECT * FROM audit WHERE seq = 2').get() as Leaf;
      const hash = leafHash({ ...row, body: '{"i":"forged"}' });
      db.prepare('UPDATE audit SET body = ?, hash = ? WHERE seq = 2').run('{"i":"forged"}', hash);
    });
    expect(found).toMatchObject({ ok: false, seq: 2, done: 'changed' });
  });

  it('shows any random edit of any entry', async () => {
    const file = await chainFile();
    const column = fc.constantFrom('kind', 'body', 'prev', 'hash');
    await fc.assert(
      fc.asyncProperty(fc.nat(ENTRIES - 1), column, fc.string(), async (seq, name, text) => {
        const found = await damaged(file, (db) => {
          db.prepare(`UPDATE audit SET ${name} = ${name} || ? WHERE seq = ?`).run(`${text}!`, seq);
        });
        expect(found).toMatchObject({ ok: false, seq });
      }),
      { numRuns: 30 },
    );
  });

  it('goes on after damage, which stays named', async () => {
    const { store } = await freshStore();
    const audit = createAudit(heldClock());
    await store.tx((sql) => audit(sql, 'a', {}));
    await store.run("UPDATE audit SET body = 'not json'");
    await store.tx((sql) => audit(sql, 'b', {}));
    expect(await verifyAudit(store)).toMatchObject({ ok: false, seq: 0 });
  });
});

/** Each byte as its neighbour, in the other case, without its sign, and as the start of another character. */
const editsOf = (whole: Uint8Array): readonly (readonly [at: number, byte: number])[] =>
  [...whole].flatMap((byte, at) =>
    [byte ^ 1, byte ^ 0x20, byte ^ 0x80, 0xf0, 0xf1, 0x20]
      .filter((other) => other !== byte)
      .map((other) => [at, other] as const),
  );
