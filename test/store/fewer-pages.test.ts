import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/domain/store.ts';
import { openSqlite } from '../../src/store/drivers/sqlite.ts';
import { MIGRATIONS } from '../../src/store/migrations/all.ts';
import { migrate } from '../../src/store/migrations/run.ts';
import { forgetOld } from '../../src/store/retention.ts';
import { freshFolder, freshStore } from './fresh.ts';

/** Rows as every version of atom has written them, in an order and with numbers of their own. */
const ROWS = [
  `INSERT INTO lane(queue, lane, depth, due, lease, fence)
   VALUES('out', 'b', 1, 3, 0, 2), ('in', 'z', 2, 5, 9, 7), ('in', 'a', 0, 0, 0, 1)`,
  `INSERT INTO spool(seq, id, channel, account, external_id, lane, body, state, attempts, result, at)
   VALUES(7, 'e7', 'c', 'a', 'x7', 'z', '{"n":7}', 'waiting', 2, NULL, 70),
     (2, 'e2', 'c', 'a', 'x2', 'z', '{"n":2}', 'handled', 1, 'replied', 20),
     (4, 'e0', 'c', 'b', 'x2', 'z', '{"n":4}', 'waiting', 0, NULL, 40)`,
  `INSERT INTO outbox(seq, id, lane, body, approval, edits_row, state, attempts, external_id, error, at)
   VALUES(5, 'm5', 'b', '{"n":5}', 'q', NULL, 'queued', 0, NULL, NULL, 50),
     (3, 'm3', 'b', '{"n":3}', NULL, 'm1', 'sent', 2, 'p3', 'late', 30)`,
  `INSERT INTO agent(id, name, maturity) VALUES('g', 'g', 'intern')`,
  `INSERT INTO session(id, key, agent, home, started_at) VALUES('s', 'k', 'g', '{}', 1)`,
  `INSERT INTO transcript(seq, session, event, labels, item, at)
   VALUES(9, 's', 'e7', '{}', '{"n":9}', 90), (6, 's', 'e2', '{}', '{"n":6}', 60)`,
  `INSERT INTO audit(chain, seq, at, kind, body, prev, hash)
   VALUES('main', 0, 1, 'a', '{}', 'p', 'h'), ('main', 1, 2, 'b', '{"n":1}', 'q', 'i')`,
];
const LOOKS = [
  ...['lane ORDER BY queue, lane', 'spool ORDER BY seq', 'outbox ORDER BY seq'],
  ...['transcript ORDER BY seq', 'audit ORDER BY seq'],
];

function bareStore(): Store {
  const store = openSqlite({ file: join(freshFolder(), 'atom.db'), readOnly: false });
  onTestFinished(() => store.close());
  return store;
}

async function storeOf(version: number, rows = ROWS): Promise<Store> {
  const store = bareStore();
  await migrate(
    store,
    MIGRATIONS.filter((step) => step.version <= version),
  );
  for (const row of rows) await store.run(row);
  return store;
}

it.each(MIGRATIONS.map(({ version }) => version).filter((version) => version < 17))(
  'the rows of version %s are the same in fewer pages',
  async (version) => {
    const store = await storeOf(version);
    const before = await Promise.all(LOOKS.map((look) => store.all(`SELECT * FROM ${look}`)));
    await migrate(store, MIGRATIONS);
    const after = await Promise.all(LOOKS.map((look) => store.all(`SELECT * FROM ${look}`)));
    for (const [at, rows] of before.entries()) {
      expect(rows.length).toBeGreaterThan(1);
      expect(after[at]).toMatchObject(rows);
      expect(after[at]).toHaveLength(rows.length);
    }
    expect(await store.all('PRAGMA foreign_key_check')).toEqual([]);
    expect(await store.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  },
);

it('has the indices and the uniqueness that it had', async () => {
  const names = async (store: Store) =>
    (
      await store.all(
        `SELECT tbl_name || ':' || sql AS text FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL AND name <> 'run_agent'`,
      )
    )
      .map(({ text }) => String(text).replace(/\s+/g, ' '))
      .sort();
  const [before, after] = [await storeOf(16), await storeOf(17)];
  expect(await names(after)).toEqual(await names(before));
  const again = (id: string, external: string) =>
    after.run(
      `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
       VALUES($1, 'c', 'a', $2, 'z', '{}', 'waiting', 1)`,
      ...[id, external],
    );
  await expect(again('e7', 'new')).rejects.toThrow('UNIQUE');
  await expect(again('new', 'x7')).rejects.toThrow('UNIQUE');
  await expect(after.run(`INSERT INTO lane(queue, lane) VALUES('in', 'z')`)).rejects.toThrow(
    'UNIQUE',
  );
});

it('keeps what somebody put into the record under another name, for a check to find', async () => {
  const strangers = `INSERT INTO audit(chain, seq, at, kind, body, prev, hash)
    VALUES('other', 0, 1, 'x', '{}', 'p', 'h'), ('other', 1, 1, 'y', '{}', 'p', 'h'), ('main', -1, 1, 'z', '{}', 'p', 'h')`;
  const store = await storeOf(16, [...ROWS, strangers]);
  await migrate(store, MIGRATIONS);
  expect(await store.all('SELECT chain, seq, kind FROM audit ORDER BY seq')).toEqual([
    { chain: 'other', seq: -3, kind: 'y' },
    { chain: 'other', seq: -2, kind: 'x' },
    { chain: 'main', seq: -1, kind: 'z' },
    { chain: 'main', seq: 0, kind: 'a' },
    { chain: 'main', seq: 1, kind: 'b' },
  ]);
});

it('gives no number twice, whatever was forgotten', async () => {
  const { store } = await freshStore();
  const add = async (id: string): Promise<number> => {
    await store.run(
      `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
       VALUES($1, 'c', 'a', $1, 'l', '{}', 'handled', 1)`,
      id,
    );
    return Number((await store.get('SELECT seq FROM spool WHERE id = $1', id))?.seq);
  };
  const [first, second] = [await add('1'), await add('2')];
  const keep = {
    messagesSince: 50,
    runsSince: 50,
    feedSince: 50,
    now: 50,
    bygoneUntil: () => undefined,
    mostBygone: 9,
  };
  expect(await forgetOld(store, keep, new AbortController().signal)).toBe(1);
  expect([first, second, await add('3')]).toEqual([1, 2, 3]);
});
