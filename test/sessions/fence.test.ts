import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/action.ts';
import type { Store } from '../../src/domain/store.ts';
import { createLaneLoop } from '../../src/store/lane-loop.ts';
import { claimLane } from '../../src/store/tables/lanes.ts';
import { resultOf } from '../../src/store/tables/spool.ts';
import { call, reply } from '../agent/stage.ts';
import { until } from '../flows/stage/until.ts';
import type { HeldClock } from '../store/fresh.ts';
import { LANE, LEASE_MS, setSession } from './session-stage.ts';

const write = (path: string) => call('w', 'file_write', { path, content: 'x' });

/** As another gateway would that was started on the same profile meanwhile. */
const somebodyElse = (store: Store, clock: HeldClock) =>
  store.tx((sql) => claimLane(sql, { queue: 'in', now: clock.now(), leaseMs: LEASE_MS }));

describe('a process that slept longer than its lease', () => {
  it('goes on when it wakes, as nobody came for the lane, and its message counts as tried once', async () => {
    let tries = 0;
    const stage = await setSession({
      plan: async ({ step }) => {
        tries += 1;
        // As if it had been stopped here: time passed, and no timer has fired yet.
        stage.clock.pass(LEASE_MS + 1);
        return step === 0 ? write('a.txt') : reply('written');
      },
    });
    const loop = loopOf(stage);
    await stage.say('m1');
    loop.start();
    await until('the answer', async () => (await stage.replies()).length > 0);
    await loop.stop();
    expect(tries).toBe(2);
    expect(stage.world.done).toHaveLength(1);
    expect(await stage.replies()).toEqual(['written']);
    expect(await stage.store.get('SELECT attempts FROM spool')).toEqual({ attempts: 1 });
  });

  it('takes no lane from itself, however late its timers are', async () => {
    const stage = await setSession({
      plan: async () => {
        stage.clock.pass(LEASE_MS + 1);
        // The loop looks again in the meantime, and finds the lease over.
        loop.wake();
        await pause(50);
        return reply('here');
      },
    });
    const loop = loopOf(stage);
    await stage.say('m1');
    loop.start();
    await until('the answer', async () => (await stage.replies()).length > 0);
    await loop.stop();
    expect(await stage.replies()).toEqual(['here']);
    expect(await stage.store.get('SELECT fence FROM lane')).toEqual({ fence: 1 });
  });

  it('does nothing when it wakes and somebody else has the lane', async () => {
    let tries = 0;
    const stage = await setSession({
      plan: async ({ step }) => {
        tries += 1;
        if (tries === 1) {
          stage.clock.pass(LEASE_MS + 1);
          await somebodyElse(stage.store, stage.clock);
        }
        return step === 0 ? write('a.txt') : reply('written');
      },
    });
    await stage.say('m1');
    await stage.step();
    expect(await stage.replies()).toEqual([]);
    expect(stage.world.done).toHaveLength(0);
    await stage.drain();
    expect(stage.world.done).toHaveLength(1);
    expect(await stage.replies()).toEqual(['written']);
    expect((await stage.kinds()).filter((kind) => kind === 'begun')).toHaveLength(2);
    // Nothing of the first try is in the conversation: it woke before it wrote down its plan.
    expect((await stage.transcript()).map(({ item }) => item.role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
    ]);
  });

  it.each(['before its command', 'before its answer'])('holds back: %s', async (where) => {
    let ticks = 0;
    const at = where === 'before its command' ? 4 : 7;
    const stage = await setSession({
      plan: async ({ step }) => (step === 0 ? write('a.txt') : reply('written')),
      tick: async () => {
        ticks += 1;
        if (ticks !== at) return;
        stage.clock.pass(LEASE_MS + 1);
        await somebodyElse(stage.store, stage.clock);
      },
    });
    await stage.say('m1');
    await stage.step();
    expect([await stage.replies(), await resultOf(stage.store, 'm1')]).toEqual([[], undefined]);
    expect(stage.world.done).toHaveLength(where === 'before its command' ? 0 : 1);
    await stage.drain();
    expect(stage.world.done).toHaveLength(1);
    expect(await stage.replies()).toEqual(['written']);
  });

  it('spends no yes, begins nothing, and leaves its answer to be given by another', async () => {
    const { perform, say, store, kinds, replies } = await setSession({
      plan: async () => reply(''),
    });
    await say('m1');
    const session = { id: 's', key: LANE, agent: 'atom', startedAt: 1 };
    await store.run(
      'INSERT INTO session(id, key, agent, home, started_at) VALUES($1, $2, $3, $4, $5)',
      ...[session.id, session.key, session.agent],
      JSON.stringify({ channel: 'telegram', account: '1', peer: '42' }),
      session.startedAt,
    );
    const over = new AbortController();
    let looks = 0;
    const answer = (mine: () => boolean): Promise<Outcome> =>
      perform(
        {
          id: 'm1:reply',
          action: 'message.reply',
          resource: { event: 'm1', session: 's', text: 'hello', result: 'replied' },
          context: { session: 's', event: 'm1' },
        },
        {
          signal: over.signal,
          stillMine: async () => {
            looks += 1;
            if (!mine()) over.abort();
            return mine();
          },
        },
      );
    // It falls asleep before the transaction that answers, which holds the beginning of the run as well.
    expect(await answer(() => looks < 1)).toMatchObject({ ok: false, reason: 'stopped' });
    expect([await replies(), await resultOf(store, 'm1')]).toEqual([[], undefined]);
    expect(await kinds()).toEqual([]);
    const next = await perform({
      id: 'm1:reply',
      action: 'message.reply',
      resource: { event: 'm1', session: 's', text: 'hello', result: 'replied' },
      context: { session: 's', event: 'm1' },
    });
    expect([next.ok, await replies()]).toEqual([true, ['hello']]);
  });

  it('does not mark a message as failed whose next turn goes well', async () => {
    const stage = await setSession({
      plan: async () => reply('done'),
    });
    await stage.say('m1');
    const stale = await somebodyElse(stage.store, stage.clock);
    stage.clock.pass(LEASE_MS);
    if (!stale) throw new Error('nothing was due');
    await somebodyElse(stage.store, stage.clock);
    await stage.work(stale, new AbortController().signal);
    expect(await stage.replies()).toEqual([]);
    await stage.drain();
    expect(await stage.replies()).toEqual(['done']);
  });
});

const loopOf = (stage: Awaited<ReturnType<typeof setSession>>) =>
  createLaneLoop({
    store: stage.store,
    clock: stage.clock,
    queue: 'in',
    most: 2,
    leaseMs: LEASE_MS,
    ...stage.worker,
    onError: (error) => expect.unreachable(String(error)),
  });
