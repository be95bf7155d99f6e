import { describe, expect, it } from 'vitest';
import { catchUp, uncounted } from '../../../src/assembly/analytics/count.ts';
import { readBreakdown, requireAnalytics } from '../../../src/assembly/analytics/read.ts';
import { createUsers } from '../../../src/assembly/users.ts';
import { dimensions } from '../../../src/domain/breakdown.ts';
import { dayOf } from '../../../src/domain/stats.ts';
import type { Store } from '../../../src/domain/store.ts';
import type { User } from '../../../src/domain/user.ts';
import { entriesBetween } from '../../../src/store/tables/stats.ts';
import { forgetTally, tallySums } from '../../../src/store/tables/tally.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';
import { past, SONNET } from './past.ts';

const prices = { models: {}, currency: 'USD' };
const ALWAYS = { since: '2000-01-01', until: '2099-12-31' };

const user = (name: string, sender: string): User => ({
  name,
  role: 'member',
  senders: [sender],
  agents: [name],
  jails: [],
  feed: 'own',
});
const users = createUsers({
  users: [user('dana', 'telegram:42'), user('erik', 'device:d2')],
  waiting: [],
});

/** The same by SQLite alone. */
const counted = async (store: Store, where: string): Promise<number> =>
  Number((await store.get(`SELECT count(*) AS many FROM audit WHERE ${where}`))?.many);

const field = (name: string): string => `json_extract(body, '$.${name}')`;
const BY_AGENT = `kind = 'begun' AND ${field('principal.kind')} = 'agent'`;

describe('use told apart', () => {
  it('is what an independent count of the record tells, counted at once or bit by bit', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    await past(store, clock, 900);
    const read = () =>
      Promise.all(
        dimensions.map((by) => readBreakdown({ sql: store, users }, { by, ...ALWAYS }, prices)),
      );
    const before = await read();
    await catchUp({ store, users });
    expect(await uncounted(store)).toMatchObject({ after: (await uncounted(store))?.last });
    expect(await read()).toEqual(before);
    const [byUser, byAgent, byChannel, byModel, byDay] = before;
    const talk = `${field('context.session')} = `;
    for (const [name, session] of [
      ['dana', 's-telegram:dm:42'],
      ['erik', 's-device:dm:d2'],
    ]) {
      const row = byUser?.rows.find((one) => one.name === name);
      const mine = `${BY_AGENT} AND ${talk}'${session}'`;
      expect(row?.replies).toBe(
        await counted(store, `${mine} AND ${field('action')} = 'message.reply'`),
      );
      expect(row?.actions).toBe(
        await counted(store, `${mine} AND ${field('action')} = 'shell.exec'`),
      );
      expect(row?.asked).toBe(
        await counted(
          store,
          `${mine} AND ${field('action')} = 'shell.exec' AND ${field('approval')} = 'q'`,
        ),
      );
    }
    expect(byAgent?.rows.map(({ name }) => name).toSorted()).toEqual(['a2', 'mia', 'owner']);
    expect(byChannel?.rows.map(({ name }) => name).toSorted()).toEqual([
      ...['device', 'none', 'telegram', 'terminal'],
    ]);
    for (const { name, calls, input, output, ms } of byModel?.rows ?? []) {
      const sums = await store.get(
        `SELECT count(*) AS calls, sum(${field('tokens.input')}) AS input, sum(${field('tokens.output')}) AS output
         FROM audit WHERE kind = 'done' AND ${field('model')} = $1 AND ${field('tokens')} IS NOT NULL`,
        name,
      );
      expect({ calls, input, output }).toEqual({ ...sums });
      expect(ms).toBeGreaterThanOrEqual(calls * 1500);
    }
    expect(byModel?.rows[0]).toMatchObject({ name: SONNET });
    expect(byModel?.rows.find(({ name }) => name === 'local/llama')?.money).toBe(0);
    // However it is told apart, it is the same together.
    for (const what of ['calls', 'input', 'output', 'money'] as const) {
      const sums = before.map(({ rows }) => rows.reduce((sum, row) => sum + row[what], 0));
      for (const sum of sums) expect(sum, what).toBeCloseTo(sums[0] ?? 0, 6);
    }
    expect(byDay?.rows.map(({ name }) => name)).toEqual(
      byDay?.rows.map(({ name }) => name).toSorted(),
    );
    expect(JSON.stringify(await store.all('SELECT * FROM tally'))).not.toContain('secret');
  });

  it('counts each entry once, wherever it was stopped', async () => {
    const [whole, bits] = [(await freshStore()).store, (await freshStore()).store];
    await past(whole, heldClock(), 300);
    const clock = heldClock();
    await past(bits, clock, 300);
    const entries = await bits.all('SELECT * FROM audit ORDER BY seq');
    await bits.run('DELETE FROM audit WHERE seq > 0');
    for (let at = 1; at < entries.length; at += 7) {
      for (const { chain, seq, at: when, kind, body, prev, hash } of entries.slice(at, at + 7))
        await bits.run(
          'INSERT INTO audit VALUES($1, $2, $3, $4, $5, $6, $7)',
          ...([chain, seq, when, kind, body, prev, hash] as never[]),
        );
      await catchUp({ store: bits, users });
    }
    await catchUp({ store: whole, users });
    const all = 'SELECT * FROM tally ORDER BY day, of_user, agent, channel, model';
    expect(await bits.all(all)).toEqual(await whole.all(all));
    expect(await bits.all('SELECT count(*) AS many FROM tally_open')).toEqual(
      await whole.all('SELECT count(*) AS many FROM tally_open'),
    );
  });

  it('is of the days that are asked about, and of one user where one is named', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    await past(store, clock, 400);
    await catchUp({ store, users });
    const day = dayOf(clock.now() - 86_400_000);
    const read = (wish: object) =>
      readBreakdown({ sql: store, users }, { by: 'day', ...ALWAYS, ...wish }, prices);
    const [one] = (await read({ since: day, until: day })).rows;
    expect(one).toEqual((await read({})).rows.find(({ name }) => name === day));
    const dana = await read({ user: 'dana', by: 'user' });
    expect(dana.rows.map(({ name }) => name)).toEqual(['dana']);
    expect(dana.rows[0]).toEqual(
      (await read({ by: 'user' })).rows.find(({ name }) => name === 'dana'),
    );
    const owner = await read({ user: 'owner', by: 'user' });
    expect(owner.rows.map(({ name }) => name)).toEqual(['owner']);
    expect((await read({ user: 'nobody' })).rows).toEqual([]);
    await store.tx((sql) => forgetTally(sql, day, 0));
    expect((await read({})).rows.map(({ name }) => name)[0]).toBe(day);
  });

  it('is of the enterprise edition', () => {
    expect(() => requireAnalytics({ edition: 'enterprise' })).not.toThrow();
    expect(() => requireAnalytics({ edition: 'personal' })).toThrow(/enterprise edition/);
  });

  it('says how much is not counted yet, and waits for no more', async () => {
    const { store } = await freshStore();
    await store.run(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
       INSERT INTO audit SELECT 'main', i, i, 'other', '{}', '', '' FROM n`,
    );
    const { behind } = await readBreakdown({ sql: store, users }, { by: 'day', ...ALWAYS }, prices);
    expect(behind).toBeGreaterThanOrEqual(5000);
    await catchUp({ store, users });
    const after = await readBreakdown({ sql: store, users }, { by: 'day', ...ALWAYS }, prices);
    expect(after.behind).toBe(0);
  });

  it('is found by an index, however much there is', async () => {
    const { store } = await freshStore();
    const plans: string[] = [];
    const explained = {
      ...store,
      all: async (sql: string, ...values: readonly (string | number | null)[]) => {
        const plan = await store.all(`EXPLAIN QUERY PLAN ${sql}`, ...values);
        plans.push(plan.map(({ detail }) => detail).join('; '));
        return [];
      },
    } as unknown as Store;
    await tallySums(explained, { by: 'user', ...ALWAYS });
    await tallySums(explained, { by: 'model', ...ALWAYS, user: 'dana' });
    await entriesBetween(explained, { chain: 'main', kinds: ['begun'], after: 1, upTo: 9 });
    expect(plans[0]).toContain('SEARCH tally USING PRIMARY KEY (day>? AND day<?)');
    expect(plans[1]).toContain(
      'SEARCH tally USING INDEX tally_user (of_user=? AND day>? AND day<?)',
    );
    expect(plans[2]).toContain('SEARCH audit USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
    expect(plans.join()).not.toContain('SCAN');
  });
});
