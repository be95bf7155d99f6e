import { describe, expect, it } from 'vitest';
import { readStats } from '../../../src/assembly/stats/read-stats.ts';
import type { Json } from '../../../src/base/json.ts';
import { dayOf, daysBetween, quantilesOf, type Stats } from '../../../src/domain/stats.ts';
import type { Store } from '../../../src/domain/store.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { growTree } from '../../../src/governance/audit/tree.ts';
import { ensureAgent } from '../../../src/store/tables/agents.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';
import { writePast } from './past.ts';

const prices = { models: {}, currency: 'USD' };
const DAY_MS = 86_400_000;

/** The same numbers, asked of SQLite itself. */
const counted = async (store: Store, since: number, condition: string): Promise<number> =>
  Number(
    (await store.get(`SELECT count(*) AS many FROM audit WHERE at >= $1 AND ${condition}`, since))
      ?.many,
  );

const field = (name: string): string => `json_extract(body, '$.${name}')`;

/** Each name as often as the record has it, and none left out. */
async function checkNames(store: Store, { since, refusals, skills, models }: Stats): Promise<void> {
  const many = (condition: string): Promise<number> => counted(store, since, condition);
  const sum = (all: readonly { readonly count: number }[]): number =>
    all.reduce((total, { count }) => total + count, 0);
  const skill = `kind = 'begun' AND ${field('action')} = 'skill.call'`;
  expect(sum(refusals)).toBe(await many(`kind = 'refused'`));
  expect(sum(skills)).toBe(await many(skill));
  expect(models.reduce((total, { calls }) => total + calls, 0)).toBe(
    await many(`${field('tokens.input')} IS NOT NULL`),
  );
  for (const { name, count } of refusals)
    expect(count, name).toBe(await many(`kind = 'refused' AND ${field('reason')} = '${name}'`));
  for (const { name, count } of skills)
    expect(count, name).toBe(await many(`${skill} AND body LIKE '%the skill ${name} %'`));
  for (const { model, calls, input, output } of models) {
    const row = await store.get(
      `SELECT count(*) AS calls, sum(${field('tokens.input')}) AS input, sum(${field('tokens.output')}) AS output
       FROM audit WHERE at >= $1 AND kind = 'done' AND ${field('model')} = $2`,
      ...[since, model],
    );
    expect({ calls, input, output }).toEqual({ ...row });
  }
}

describe('what the record tells', () => {
  it('is what an independent count of it tells, since any moment', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    await writePast(store, { clock, steps: 2500, seed: 5 });
    const until = clock.now();
    for (const days of [0.1, 3, 100]) {
      const since = until - days * DAY_MS;
      const stats = await readStats(store, { since, until }, prices);
      const many = (condition: string): Promise<number> => counted(store, since, condition);
      for (const state of ['asked', 'approved', 'denied', 'expired', 'void'] as const)
        expect(stats.approvals[state], state).toBe(await many(`kind = 'approval.${state}'`));
      const own = `kind = 'begun' AND ${field('principal.kind')} = 'agent'
        AND ${field('action')} NOT IN ('llm.complete', 'message.reply')`;
      expect(stats.approvals.standing).toBe(await many(`${own} AND ${field('standing')} = 's1'`));
      expect(stats.approvals.byRule).toBe(
        await many(`${own} AND ${field('approval')} IS NULL AND ${field('standing')} IS NULL`),
      );
      expect(stats.days.reduce((sum, { actions }) => sum + actions, 0)).toBe(await many(own));
      for (const complexity of [1, 2, 3, 4])
        expect(stats.commands[complexity - 1]).toBe(
          await many(
            `kind = 'begun' AND ${field('action')} = 'shell.exec' AND ${field('complexity')} = ${complexity}`,
          ),
        );
      await checkNames(store, stats);
    }
  });

  it('prices tokens, and adds the days up to the whole', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    await writePast(store, { clock, steps: 600, seed: 6 });
    const span = { since: 0, until: clock.now() };
    const { models } = await readStats(store, { ...span, since: span.until - 10 * DAY_MS }, prices);
    const [sonnet, llama] = models;
    // 2 and 10 dollars for a million tokens; what this machine answers itself costs nothing.
    expect(sonnet?.model).toBe('anthropic/claude-sonnet-5');
    const exact = ((sonnet?.input ?? 0) * 2 + (sonnet?.output ?? 0) * 10) / 1e6;
    expect(sonnet?.money).toBeCloseTo(exact, 5);
    expect(llama).toMatchObject({ model: 'local/llama', money: 0 });
    const { days } = await readStats(store, { ...span, since: span.until - 10 * DAY_MS }, prices);
    const daily = days.flatMap((day) => day.models).filter(({ model }) => model === sonnet?.model);
    expect(daily.reduce((sum, { input }) => sum + input, 0)).toBe(sonnet?.input);
  });

  it('tells what each agent cost by its name, with what came from a cache and what was only thought', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    const audit = createAudit(clock);
    await growTree(store);
    await ensureAgent(store, { id: 'a1', name: 'mia', maturity: 'intern', createdAt: 1 });
    const answer = (run: string, id: string, tokens: Json) =>
      store.tx(async (sql) => {
        const principal = { kind: 'agent', id };
        await audit(sql, 'begun', { run, action: 'llm.complete', principal, words: [] });
        await audit(sql, 'done', { run, model: 'anthropic/claude-sonnet-5', tokens });
      });
    await answer('r1', 'a1', { input: 1000, output: 100, cached: 600, reasoning: 40 });
    await answer('r2', 'a1', { input: 1000, output: 100 });
    await answer('r3', 'a2', { input: 10, output: 10 });
    const { agents } = await readStats(store, { since: 0, until: clock.now() + 1 }, prices);
    const mia = { calls: 2, input: 2000, output: 200, cached: 600, reasoning: 40, money: 0.006 };
    const gone = { calls: 1, input: 10, output: 10, cached: 0, reasoning: 0, money: 0.000_12 };
    expect(agents).toEqual([
      { agent: 'mia', ...mia },
      { agent: 'a2', ...gone },
    ]);
  });

  it('knows the middle of the time that people took, and not of what ended by itself', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    await writePast(store, { clock, steps: 800, seed: 8 });
    const { approvals } = await readStats(store, { since: 0, until: clock.now() }, prices);
    const rows = await store.all(
      `SELECT b.at - a.at AS ms FROM audit a JOIN audit b ON json_extract(b.body, '$.id') = json_extract(a.body, '$.id')
       WHERE a.kind = 'approval.asked' AND b.kind IN ('approval.approved', 'approval.denied') ORDER BY ms`,
    );
    expect(approvals.decided.count).toBe(rows.length);
    expect(approvals.decided.p50Ms).toBe(Number(rows[Math.ceil(rows.length / 2) - 1]?.ms));
  });

  it('holds where the clock was set back, and on a record that begins later', async () => {
    const { store } = await freshStore();
    const clock = heldClock();
    await writePast(store, { clock, steps: 300, seed: 9 });
    clock.pass(-3_600_000);
    await writePast(store, { clock, steps: 300, seed: 10 });
    await store.run('DELETE FROM audit WHERE seq < 100');
    const since = clock.now() - DAY_MS;
    const { approvals } = await readStats(store, { since, until: clock.now() }, prices);
    expect(approvals.asked).toBe(await counted(store, since, `kind = 'approval.asked'`));
  });

  it('is nothing on an empty record', async () => {
    const { store } = await freshStore();
    const stats = await readStats(store, { since: 0, until: 5 }, prices);
    expect(stats).toMatchObject({ messages: [], models: [], replies: { count: 0 } });
  });
});

describe('what the queues tell', () => {
  it('is what came in and went out of each channel, and how long an answer took', async () => {
    const { store } = await freshStore();
    const at = 1_700_000_000_000;
    const event = (id: string, channel: string, state: string, when: number) =>
      store.run(
        `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
         VALUES($1, $2, 'a', $1, 'l', '{}', $3, $4)`,
        ...[id, channel, state, when],
      );
    const message = (id: string, lane: string, state: string, when: number) =>
      store.run(
        `INSERT INTO outbox(id, lane, body, state, at) VALUES($1, $2, '{}', $3, $4)`,
        ...[id, lane, state, when],
      );
    for (let i = 1; i <= 20; i++) {
      await event(`e${i}`, 'telegram', 'handled', at + i);
      await message(`reply:e${i}`, 'telegram/1/42/', 'sent', at + i + i * 100);
    }
    await event('old', 'telegram', 'handled', at - 1);
    await event('button', 'telegram', 'dropped', at);
    await event('t', 'terminal', 'waiting', at);
    await message('m', 'telegram/1/42/', 'uncertain', at);
    await message('n', 'telegram/1/43/', 'failed', at);
    const stats = await readStats(store, { since: at, until: at + DAY_MS }, prices);
    expect(stats.messages).toEqual([
      { channel: 'telegram', in: 20, out: 20, failed: 1, uncertain: 1, expired: 0 },
      { channel: 'terminal', in: 1, out: 0, failed: 0, uncertain: 0, expired: 0 },
    ]);
    expect(stats.replies).toEqual({ count: 20, p50Ms: 1000, p95Ms: 1900 });
    expect(stats.days.map(({ messages }) => messages)).toEqual([21, 0]);
  });
});

describe('quantiles and days', () => {
  it('take the nearest rank, and each local day once', () => {
    expect(quantilesOf([])).toEqual({ count: 0 });
    expect(quantilesOf([9])).toEqual({ count: 1, p50Ms: 9, p95Ms: 9 });
    expect(quantilesOf([4, 1, 3, 2])).toEqual({ count: 4, p50Ms: 2, p95Ms: 4 });
    const march = new Date(2026, 2, 27, 23, 59).getTime();
    const days = daysBetween(march, march + 4 * DAY_MS);
    expect(days).toEqual(['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31']);
    expect(dayOf(march)).toBe('2026-03-27');
  });
});
