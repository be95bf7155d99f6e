import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBus } from '../../src/bus/bus.ts';
import type { ActionRequest, Outcome } from '../../src/domain/action.ts';
import type { Store } from '../../src/domain/store.ts';
import type { Case } from '../../src/governance/case.ts';
import { createLimits } from '../../src/governance/limits/limits.ts';
import { type LimitSettings, MILLION } from '../../src/governance/limits/settings.ts';
import type { Spent } from '../../src/store/tables/usage.ts';
import { freshStore, type HeldClock, heldClock } from '../store/fresh.ts';
import { intent, setGovernor } from './stage.ts';

const wide: LimitSettings = {
  actionsPerMinute: 1000,
  commandsPerHour: 1000,
  moneyPerDay: 1000,
  moneyPerRun: 1000,
  tokensPerDay: 1e9,
  tokensPerRun: 1e9,
  currency: 'USD',
  perAgent: {},
};

interface Asked {
  readonly action?: string;
  readonly agent?: string;
  readonly kind?: 'agent' | 'owner' | 'system';
  readonly event?: string;
  /** In units of the currency. */
  readonly cost?: number;
  readonly tokens?: number;
  /** A running skill asks. */
  readonly bySkill?: boolean;
  readonly complexity?: number;
}

let number = 0;

/** A request as the governor hands it over; its cost is in its resource. */
function asking({
  action = 'file.read',
  agent = 'atom',
  kind = 'agent',
  event,
  cost = 0,
  tokens = 0,
  bySkill,
  complexity = 1,
}: Asked) {
  const request = {
    id: `i${++number}`,
    action,
    resource: { cost, tokens },
    labels: {},
    principal: { kind, id: agent },
    context: {
      ...(event === undefined ? {} : { event }),
      ...(bySkill ? { skill: { name: 'notes', run: 'i0' } } : {}),
    },
  } as unknown as ActionRequest;
  return {
    request,
    decision: { complexity },
    agent: { id: agent, name: agent },
  } as unknown as Case;
}

function costIn({ resource }: ActionRequest): Spent {
  const { cost, tokens = 0 } = resource as { readonly cost: number; readonly tokens?: number };
  return { money: Math.round(cost * MILLION), tokens };
}

/** What came of it says itself what it cost. */
function paidIn(outcome: Outcome): Spent | undefined {
  const { paid, tokens = 0 } = (outcome.ok ? outcome.value : {}) as {
    readonly paid?: number;
    readonly tokens?: number;
  };
  return paid === undefined ? undefined : { money: paid, tokens };
}

interface Scene {
  readonly store: Store;
  readonly clock: HeldClock;
}

/** Limits on a real store, where everything costs what it says, and whatever came of it what that says. */
async function setLimits(settings: Partial<LimitSettings>, scene?: Scene) {
  const store = scene?.store ?? (await freshStore()).store;
  const clock = scene?.clock ?? heldClock();
  const bus = createBus();
  const alerts: { readonly id: string; readonly words: string }[] = [];
  bus.on('limit.reached', (alert) => alerts.push(alert));
  const limits = createLimits({
    store,
    bus,
    clock,
    settings: { ...wide, ...settings },
    costs: {
      most: costIn,
      paid: (_, outcome) => paidIn(outcome),
    },
  });
  const hold = (found: Case) => store.tx((sql) => limits.reserve(sql, found));
  const take = async (asked: Asked = {}) => (await hold(asking(asked))) ?? 'taken';
  const times = async (count: number, asked: Asked = {}) => {
    const answers = await Promise.all(Array.from({ length: count }, () => take(asked)));
    return answers.filter((answer) => answer === 'taken').length;
  };
  return { ...limits, hold, store, clock, alerts, take, times };
}

describe('a limit', () => {
  it('on actions lets so many through in a minute, not one more, and goes on after it', async () => {
    const { times, take, clock } = await setLimits({ actionsPerMinute: 3 });
    expect(await times(10)).toBe(3);
    clock.pass(59_999);
    expect(await take()).toMatch(
      /^The limit of 3 actions a minute is reached \(all agents together\)\. Enough is free at \d\d:\d\d, in 0 s\. To change that: atom config set limits\.actionsPerMinute <number>, then start atom again\.$/,
    );
    clock.pass(1);
    expect(await times(10)).toBe(3);
  });

  it('has no edge at which twice as much fits', async () => {
    const { times, clock } = await setLimits({ actionsPerMinute: 4 });
    clock.pass(59_000);
    expect(await times(4)).toBe(4);
    clock.pass(2_000);
    expect(await times(4)).toBe(0);
  });

  it('on commands counts commands only', async () => {
    const { times } = await setLimits({ commandsPerHour: 2 });
    expect(await times(5, { action: 'file.read' })).toBe(5);
    expect(await times(5, { action: 'shell.exec' })).toBe(2);
    expect(await times(5, { action: 'file.read' })).toBe(5);
  });

  it('on money counts what may be spent, and says how much is left and when there is more', async () => {
    const { take, clock } = await setLimits({ moneyPerDay: 1 });
    expect(await take({ cost: 0.7 })).toBe('taken');
    clock.pass(3_600_000);
    expect(await take({ cost: 0.4 })).toMatch(
      /up to 0\.40 USD, and 0\.30 of 1 USD a day are left.*in 23 h\..*limits\.moneyPerDay/,
    );
    expect(await take({ cost: 0.3 })).toBe('taken');
    expect(await take({ cost: 2 })).not.toContain('free at');
  });

  it('on money never holds up what costs none', async () => {
    const { take } = await setLimits({ moneyPerDay: 0, moneyPerRun: 0 });
    expect(await take({ cost: 0 })).toBe('taken');
    expect(await take({ cost: 0.000_001 })).toContain('a day are left');
  });

  it('on tokens counts what models take though they cost nothing, and says what was spent', async () => {
    const { take, clock, alerts } = await setLimits({ tokensPerDay: 20_000 });
    expect(await take({ tokens: 12_000 })).toBe('taken');
    expect(await take({ action: 'file.read' })).toBe('taken');
    clock.pass(3_600_000);
    const words = await take({ tokens: 9_000 });
    expect(words).toMatch(
      /up to 9,000 tokens, and 8,000 of 20,000 tokens a day are left; 12,000 were spent or are held .*in 23 h\..*config set limits\.tokensPerDay/,
    );
    expect(alerts).toMatchObject([{ words }]);
    expect(await take({ tokens: 8_000 })).toBe('taken');
    expect(await take({ tokens: 30_000 })).not.toContain('free at');
  });

  it('on tokens of one message and of one agent holds up that message and that agent only', async () => {
    const { take } = await setLimits({
      tokensPerRun: 100,
      perAgent: { mia: { tokensPerDay: 50 } },
    });
    expect(await take({ tokens: 60, event: 'e1' })).toBe('taken');
    expect(await take({ tokens: 60, event: 'e1' })).toContain('limits.tokensPerRun');
    expect(await take({ tokens: 60, event: 'e2' })).toBe('taken');
    expect(await take({ tokens: 60, agent: 'mia' })).toContain('limits.perAgent.mia.tokensPerDay');
    expect(await take({ tokens: 50, agent: 'mia' })).toBe('taken');
  });

  it('on one message counts all that it leads to, and nothing else', async () => {
    const { take } = await setLimits({ moneyPerRun: 1 });
    expect(await take({ cost: 0.6, event: 'e1' })).toBe('taken');
    expect(await take({ cost: 0.6, event: 'e1' })).toContain('for what one message leads to');
    expect(await take({ cost: 0.6, event: 'e2' })).toBe('taken');
  });

  it('of one agent holds that agent up and no other', async () => {
    const { take } = await setLimits({ perAgent: { mia: { actionsPerMinute: 1 } } });
    expect(await take({ agent: 'mia' })).toBe('taken');
    expect(await take({ agent: 'mia' })).toContain('limits.perAgent.mia.actionsPerMinute');
    expect(await take({ agent: 'atom' })).toBe('taken');
  });

  it('never holds up the owner, atom itself, or an answer to the chat that asked', async () => {
    const { take, times } = await setLimits({ actionsPerMinute: 1 });
    await take();
    expect(await times(3, { action: 'message.reply' })).toBe(3);
    expect(await times(3, { kind: 'owner' })).toBe(3);
    expect(await times(3, { kind: 'system', action: 'feed.post' })).toBe(3);
  });

  it('counts the looks of a running skill with its call, and what it runs, changes or sends by itself', async () => {
    const { take, times } = await setLimits({ actionsPerMinute: 4, commandsPerHour: 2 });
    expect(await take({ action: 'skill.call' })).toBe('taken');
    const bySkill = true;
    for (const action of ['file.read', 'file.list', 'secret.read'])
      expect(await times(20, { action, bySkill })).toBe(20);
    // A command is a command, whoever runs it and however little it does.
    expect(await times(1, { action: 'shell.exec', bySkill })).toBe(1);
    expect(await times(2, { action: 'shell.exec', bySkill, complexity: 3 })).toBe(1);
    expect(await times(1, { action: 'shell.exec', bySkill })).toBe(0);
    expect(await times(2, { action: 'net.fetch', bySkill })).toBe(1);
    expect(await times(2, { action: 'file.read' })).toBe(0);
  });

  it('tells the owner once for each stretch of its time', async () => {
    const { times, clock, alerts } = await setLimits({ actionsPerMinute: 1 });
    await times(5);
    expect(alerts).toHaveLength(1);
    clock.pass(60_000);
    await times(5);
    expect(alerts).toHaveLength(2);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(2);
  });
});

describe('what was reserved', () => {
  const done = (paid?: number): Outcome => ({
    ok: true,
    value: paid === undefined ? {} : { paid },
  });

  it('becomes what was paid, and the rest can be used', async () => {
    const { take, hold, settle } = await setLimits({ moneyPerDay: 1 });
    const asked = asking({ cost: 0.9 });
    expect(await hold(asked)).toBeUndefined();
    expect(await take({ cost: 0.5 })).not.toBe('taken');
    await settle(asked.request, done(0.1 * MILLION));
    expect(await take({ cost: 0.9 })).toBe('taken');
  });

  it('becomes the tokens that were taken, and the rest can be used', async () => {
    const { take, hold, settle, used } = await setLimits({ tokensPerDay: 1000 });
    const asked = asking({ tokens: 900 });
    expect(await hold(asked)).toBeUndefined();
    expect(await take({ tokens: 200 })).not.toBe('taken');
    await settle(asked.request, { ok: true, value: { paid: 0, tokens: 700 } });
    expect(await take({ tokens: 300 })).toBe('taken');
    expect((await used()).tokens).toBe(1000);
  });

  it('stays where nobody can tell what was paid', async () => {
    const { take, hold, settle } = await setLimits({ moneyPerDay: 1 });
    const asked = asking({ cost: 0.9 });
    await hold(asked);
    await settle(asked.request, { ok: false, reason: 'stopped', message: '' });
    expect(await take({ cost: 0.5 })).not.toBe('taken');
  });

  it('goes with what would have begun together with it, as an action too', async () => {
    const { take, reserve, used, store } = await setLimits({ actionsPerMinute: 1 });
    const asked = asking({ action: 'shell.exec', cost: 1 });
    const begun = store.tx(async (sql) => {
      expect(await reserve(sql, asked)).toBeUndefined();
      throw new Error('it was not begun');
    });
    await expect(begun).rejects.toThrow('not begun');
    expect(await used()).toEqual({ actions: 0, commands: 0, money: 0, tokens: 0 });
    expect(await take()).toBe('taken');
  });

  it('is nothing after a mere look', async () => {
    const { take, look } = await setLimits({ actionsPerMinute: 1 });
    expect(await look(asking({}))).toBeUndefined();
    expect(await take()).toBe('taken');
    expect(await look(asking({}))).toContain('limits.actionsPerMinute');
  });

  it('is still there after a restart', async () => {
    const first = await setLimits({ actionsPerMinute: 3 });
    expect(await first.times(2)).toBe(2);
    const second = await setLimits({ actionsPerMinute: 3 }, first);
    expect(await second.times(5)).toBe(1);
  });

  it('is not given back by a clock that is set back, nor held for ever', async () => {
    const { clock: base, store } = await setLimits({});
    let shift = 0;
    const clock = { ...base, now: () => base.now() + shift };
    const { times } = await setLimits({ actionsPerMinute: 2 }, { store, clock });
    expect(await times(5)).toBe(2);
    shift = -86_400_000;
    expect(await times(5)).toBe(0);
    base.pass(60_000);
    expect(await times(5)).toBe(2);
    const restarted = await setLimits({ actionsPerMinute: 2 }, { store, clock });
    expect(await restarted.times(5)).toBe(0);
    base.pass(60_000);
    expect(await restarted.times(5)).toBe(2);
  });
});

describe('many at once', () => {
  const request = fc.record({
    action: fc.constantFrom('file.read', 'shell.exec', 'llm.complete'),
    agent: fc.constantFrom('atom', 'mia'),
    event: fc.constantFrom('e1', 'e2', 'e3'),
    cost: fc.integer({ min: 0, max: 60 }).map((cents) => cents / 100),
    tokens: fc.integer({ min: 0, max: 60 }),
  });
  const round = fc.record({
    requests: fc.array(request, { maxLength: 8 }),
    pass: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    monotonic: fc.integer({ min: 0, max: 5_000_000 }),
  });

  it('never take more than there is, in any window, whatever the clock does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 8 }), async (rounds) => {
        const { store } = await freshStore();
        let [now, counted] = [1_700_000_000_000, 0];
        const clock = { now: () => now, monotonic: () => counted, pass: () => undefined };
        const settings = {
          actionsPerMinute: 5,
          commandsPerHour: 3,
          moneyPerDay: 2,
          moneyPerRun: 1,
          tokensPerDay: 150,
          tokensPerRun: 80,
          perAgent: { mia: { commandsPerHour: 1, moneyPerDay: 0.5 } },
        };
        const { take } = await setLimits(settings, { store, clock });
        for (const { requests, pass, monotonic } of rounds) {
          await Promise.all(requests.map(take));
          now += pass;
          counted += monotonic;
        }
        const uses = (await store.all(
          'SELECT * FROM usage ORDER BY seq',
        )) as unknown as readonly Use[];
        await store.close();
        expectWithin(uses, { windowMs: 60_000, most: 5 }, () => 1);
        expectWithin(uses, { windowMs: 3_600_000, most: 3 }, ({ command }) => command);
        expectWithin(uses, { windowMs: 86_400_000, most: 2 * MILLION }, ({ money }) => money);
        expectWithin(uses, { windowMs: 86_400_000, most: 150 }, ({ tokens }) => tokens);
        const mia = uses.filter(({ agent }) => agent === 'mia');
        expectWithin(mia, { windowMs: 3_600_000, most: 1 }, ({ command }) => command);
        expectWithin(mia, { windowMs: 86_400_000, most: MILLION / 2 }, ({ money }) => money);
        for (const task of ['e1', 'e2', 'e3']) {
          const money = uses.filter((use) => use.task === task).map((use) => use.money);
          expect(money.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(MILLION);
          const tokens = uses.filter((use) => use.task === task).map((use) => use.tokens);
          expect(tokens.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(80);
        }
      }),
      { numRuns: 60 },
    );
  });

  interface Use {
    readonly at: number;
    readonly agent: string;
    readonly task: string;
    readonly command: number;
    readonly money: number;
    readonly tokens: number;
  }

  function expectWithin(
    uses: readonly Use[],
    { windowMs, most }: { readonly windowMs: number; readonly most: number },
    measure: (use: Use) => number,
  ): void {
    for (const last of uses) {
      const inWindow = uses.filter(({ at }) => at > last.at - windowMs && at <= last.at);
      expect(inWindow.map(measure).reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(most);
    }
  }
});

describe('under the governor', () => {
  const scene = async (settings: Partial<LimitSettings>) => {
    const { store, clock, ...limits } = await setLimits(settings);
    return setGovernor({ store, clock, maturity: 'autonomous', gates: { limits } });
  };

  it('what is over the limit is not done, and is on the record as refused', async () => {
    const { perform, world, kinds } = await scene({ actionsPerMinute: 2 });
    const outcomes = await Promise.all(
      ['1', '2', '3'].map((id) => perform(intent(id, 'file.read', { cost: 0 }))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ reason: 'limited' });
    expect(world.done).toHaveLength(2);
    expect((await kinds()).filter((kind) => kind === 'refused')).toHaveLength(1);
  });

  it('what was done before is told again without being counted', async () => {
    const { perform } = await scene({ actionsPerMinute: 1 });
    for (let i = 0; i < 3; i++)
      expect(await perform(intent('1', 'file.read', { cost: 0 }))).toMatchObject({ ok: true });
  });

  it('what was stopped before it began is given back', async () => {
    const { store, clock, ...limits } = await setLimits({ actionsPerMinute: 1 });
    const stop = new AbortController();
    const before = async () => {
      stop.abort();
      return true;
    };
    const undo = { before, after: async () => undefined };
    const { perform, world } = await setGovernor({ store, clock, gates: { limits, undo } });
    const read = intent('1', 'file.read', { cost: 0 });
    expect(await perform(read, { signal: stop.signal })).toMatchObject({ reason: 'stopped' });
    expect(world.done).toEqual([]);
    expect((await limits.used()).actions).toBe(0);
  });
});
