import { describe, expect, it } from 'vitest';
import { createConversations } from '../../src/assembly/conversations.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Perform } from '../../src/domain/action.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { createReply } from '../../src/outbox/reply.ts';
import { createMeanwhile } from '../../src/sessions/meanwhile.ts';
import { createRunning } from '../../src/sessions/running.ts';
import { createSessionWorker, type SessionWorkerDeps } from '../../src/sessions/worker.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { reviveLetter, spoolItems } from '../../src/store/tables/dead-letters.ts';
import { claimLane } from '../../src/store/tables/lanes.ts';
import { resultOf, spoolEvent } from '../../src/store/tables/spool.ts';
import { setGovernor } from '../governance/stage.ts';
import { facts } from '../outbox/stage.ts';
import { freshStore, heldClock, workIn } from '../store/fresh.ts';

const event = (id: string, text = id): InboundEvent => ({
  id,
  externalId: id,
  from: { channel: 'telegram', account: '1', peer: '42' },
  sender: { id: '42' },
  kind: 'message',
  text,
  media: [],
  isGroup: false,
  mentionsMe: false,
  at: 1,
});

const LANE = 'telegram:dm:42';

/** A session with real rows, a real governor and a turn that does what it is told. */
async function setSession(turn: SessionWorkerDeps['turn'], more: Partial<SessionWorkerDeps> = {}) {
  const { store } = await freshStore();
  const clock = heldClock();
  const running = createRunning();
  const told: string[] = [];
  const bus = createBus();
  bus.on('outbound', () => told.push('outbound'));
  const reply = createReply({
    store,
    bus,
    clock,
    facts: () => facts,
    isAllTheirs: async () => false,
    isPublic: async () => false,
    isOwners: async () => true,
  });
  const { perform } = await setGovernor({ store, clock, actions: [reply] });
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  const warnings: string[] = [];
  const worker = createSessionWorker({
    store,
    clock,
    steady: clock,
    log: createLog(({ text }) => warnings.push(text)),
    running,
    agentFor: () => 'atom',
    performFor: async () => perform,
    turn,
    held: () => undefined,
    draft: createConversations(store).draft,
    meanwhile: (busy) =>
      createMeanwhile(
        { store, steady: clock, mode: 'steer', held: () => false, together: () => true },
        busy,
      ),
    onCut: async () => undefined,
    ...more,
  });
  const work = workIn(store, worker);
  const say = (id: string) => store.tx((sql) => spoolEvent(sql, event(id), LANE));
  const claim = () =>
    store.tx((sql) => claimLane(sql, { queue: 'in', now: clock.now(), leaseMs: 60_000 }));
  const step = async (lost = new AbortController().signal): Promise<boolean> => {
    const held = await claim();
    if (held) await work(held, lost);
    return held !== undefined;
  };
  const texts = async () =>
    (await store.all('SELECT body FROM outbox ORDER BY seq')).map(
      (row) => (JSON.parse(String(row.body)) as { text: string }).text,
    );
  const depth = async () => (await store.get("SELECT depth FROM lane WHERE queue = 'in'"))?.depth;
  return { store, clock, running, worker, work, claim, say, step, texts, depth, told, warnings };
}

const echo: SessionWorkerDeps['turn'] = async (input) => ({
  kind: 'replied',
  text: `heard ${input.event.text}`,
});

describe('a session', () => {
  it('answers each message once, in order', async () => {
    const { say, step, texts, depth, store, told, clock } = await setSession(echo);
    for (const id of ['a', 'b', 'a']) await say(id);
    while (await step()) clock.pass(1);
    expect(await texts()).toEqual(['heard a', 'heard b']);
    expect(await depth()).toBe(0);
    expect(await resultOf(store, 'a')).toBe('replied');
    expect(told).toContain('outbound');
  });

  it('answers once a message whose turn was over when a crash came', async () => {
    const { say, step, texts, depth, claim, work, clock } = await setSession(echo);
    await say('a');
    const held = await claim();
    if (!held) throw new Error('nothing was due');
    await work(held, AbortSignal.abort());
    clock.pass(60_001);
    while (await step()) clock.pass(2000);
    expect(await texts()).toEqual(['heard a']);
    expect(await depth()).toBe(0);
  });

  it('takes a turn again that the gateway’s end cut off, and answers nothing meanwhile', async () => {
    let tries = 0;
    const lost = new AbortController();
    const { say, step, texts, depth, clock } = await setSession(async () => {
      tries += 1;
      lost.abort();
      return { kind: 'stopped', text: 'over' };
    });
    await say('a');
    await step(lost.signal);
    expect([await texts(), await depth()]).toEqual([[], 1]);
    clock.pass(60_001);
    await step();
    expect([await texts(), await depth(), tries]).toEqual([['over'], 0, 2]);
  });

  it('ends for good the turn that a person stopped', async () => {
    const { say, step, texts, running, depth } = await setSession(async (_, signal) => {
      running.stop(LANE);
      return { kind: 'stopped', text: signal.aborted ? 'Stopped.' : 'went on' };
    });
    await say('a');
    await step();
    expect([await texts(), await depth()]).toEqual([['Stopped.'], 0]);
    expect([running.keys(), running.stop(LANE)]).toEqual([[], false]);
  });

  it('puts a message aside that breaks its turn each time, says so, and goes on', async () => {
    let tries = 0;
    const { say, step, texts, clock, store } = await setSession(async (input) => {
      if (input.event.id === 'b') return { kind: 'replied', text: 'b' };
      tries += 1;
      throw new Error('boom');
    });
    for (const id of ['a', 'b']) await say(id);
    for (let i = 0; i < 8; i++) {
      await step();
      clock.pass(30_001);
    }
    expect(tries).toBe(5);
    const [sorry, next] = await texts();
    expect(sorry).toMatch(/I tried 5 times.*put your message aside: a$/m);
    expect(next).toBe('b');
    expect(await resultOf(store, 'a')).toBe('put aside');
    expect(await spoolItems(store, { part: 'dead', limit: 9 })).toMatchObject([
      { id: 'a', state: 'dead', error: 'boom', attempts: 6 },
    ]);
  });

  it('takes a message that was put aside again when the owner says so, as a new one', async () => {
    let broken = true;
    const { say, step, texts, clock, store } = await setSession(async (input, signal) => {
      if (broken) throw new Error('boom');
      return echo(input, signal);
    });
    await say('a');
    for (let i = 0; i < 6; i++) {
      await step();
      clock.pass(30_001);
    }
    broken = false;
    const again = await store.tx((sql) => reviveLetter(sql, 'a', { id: 'a2', at: clock.now() }));
    while (await step());
    expect([again, (await texts()).at(-1)]).toEqual([true, 'heard a']);
    expect(await store.tx((sql) => reviveLetter(sql, 'a', { id: 'a3', at: 0 }))).toBe(false);
    expect(await spoolItems(store, { part: 'open', limit: 9 })).toEqual([]);
  });

  it('does not hold it against a message that the gateway was stopped, however often', async () => {
    let stops = 7;
    const { say, step, texts, clock, running } = await setSession(async (input, signal) => {
      stops -= 1;
      if (stops >= 0) running.interrupt(LANE);
      return echo(input, signal);
    });
    await say('a');
    for (let i = 0; i < 9; i++) {
      await step();
      clock.pass(30_001);
    }
    expect(await texts()).toEqual(['heard a']);
  });

  it('writes nothing once its lease was lost', async () => {
    const stage = await setSession(echo);
    const { say, claim, worker, work, clock, texts, depth, store, warnings } = stage;
    await say('a');
    const stale = await claim();
    if (!stale) throw new Error('nothing was due');
    const taken = await store.tx((sql) => worker.take(sql, stale));
    clock.pass(60_001);
    const fresh = await claim();
    if (!fresh) throw new Error('nothing was due');
    await worker.work(stale, taken, new AbortController().signal);
    expect([await texts(), await depth()]).toEqual([[], 1]);
    expect(await store.get('SELECT attempts, result FROM spool')).toEqual({
      attempts: 1,
      result: null,
    });
    expect(warnings.join()).toContain('lease');
    await work(fresh, new AbortController().signal);
    expect([await texts(), await depth()]).toEqual([['heard a'], 0]);
  });
});

describe('a halt', () => {
  it('begins no turn: a pause keeps the message, a halt ends it and its sender is told', async () => {
    let held: 'paused' | 'halted' | undefined = 'paused';
    const cut: string[] = [];
    const onCut = async ({ id }: { id: string }) => void cut.push(id);
    let turns = 0;
    const { say, step, depth, clock } = await setSession(
      async () => {
        turns += 1;
        return { kind: 'replied', text: 'done' };
      },
      { held: () => held, onCut },
    );
    await say('a');
    await step();
    expect([turns, cut, await depth()]).toEqual([0, [], 1]);
    held = 'halted';
    clock.pass(1001);
    await step();
    expect([turns, cut, await depth()]).toEqual([0, ['a'], 0]);
  });

  it('that refuses the answer of a turn ends its message all the same', async () => {
    const cut: string[] = [];
    const { say, step, depth } = await setSession(echo, {
      onCut: async ({ id }) => void cut.push(id),
      performFor: async () => async () => ({ ok: false, reason: 'halted', message: 'halted' }),
    });
    await say('a');
    await step();
    expect([cut, await depth()]).toEqual([['a'], 0]);
  });

  it('asks again for a reply that waited for a yes when the gateway ended', async () => {
    let asked = 0;
    const waits: Perform = async (_, { signal } = {}) => {
      asked += 1;
      await new Promise((done) => signal?.addEventListener('abort', done));
      return { ok: false, reason: 'stopped', message: 'Cut off.' };
    };
    const stage = await setSession(echo, { performFor: async () => waits });
    const { say, step, running, depth, store } = stage;
    await say('a');
    const taken = step();
    await expect.poll(() => asked).toBe(1);
    running.interrupt(LANE);
    await taken;
    expect([await depth(), await resultOf(store, 'a')]).toEqual([1, undefined]);
  });

  it('stops every turn that runs, for good', () => {
    const running = createRunning();
    const turns = ['s', 't'].map((key) =>
      running.begin({ key, event: 'e' }, new AbortController().signal),
    );
    running.stopAll();
    expect(turns.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(turns.map((turn) => turn.cut.aborted)).toEqual([false, false]);
  });
});

describe('turns under way', () => {
  it('of one session are told apart when one ends after the next began', () => {
    const running = createRunning();
    const never = new AbortController().signal;
    const first = running.begin({ key: 's', event: 'e' }, never);
    const second = running.begin({ key: 's', event: 'f' }, never);
    first.end();
    expect(running.keys()).toEqual(['s']);
    expect(running.stop('s')).toBe(true);
    expect(second.signal.aborted).toBe(true);
    expect(second.cut.aborted).toBe(false);
    second.end();
    expect(running.stop('s')).toBe(false);
  });

  it('are all cut off, to be taken again, when the gateway ends', () => {
    const running = createRunning();
    const turn = running.begin({ key: 's', event: 'e' }, new AbortController().signal);
    running.interruptAll();
    expect([turn.signal.aborted, turn.cut.aborted]).toEqual([true, true]);
  });
});
