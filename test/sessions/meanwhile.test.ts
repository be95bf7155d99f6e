import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../src/agent/planner.ts';
import { SKIPPED } from '../../src/agent/take-in.ts';
import { createMeanwhile } from '../../src/sessions/meanwhile.ts';
import { dropLetter } from '../../src/store/tables/dead-letters.ts';
import { endBegun, resultOf, spoolEvent } from '../../src/store/tables/spool.ts';
import { startFresh } from '../../src/store/tables/talks.ts';
import { reply } from '../agent/stage.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { event, LANE, setSession } from './session-stage.ts';

/** Two writes in one plan, then whatever it was told, in one answer. */
const twoWrites = ({ step, transcript }: Pick<PlanInput, 'step' | 'transcript'>) =>
  step > 0
    ? reply(transcript.flatMap((item) => (item.role === 'user' ? [item.text] : [])).join(', '))
    : {
        text: '',
        calls: ['a', 'b'].map((id) => ({
          id,
          tool: 'file_write',
          input: { path: `${id}.txt`, content: 'x' },
        })),
      };

const paths = (done: readonly unknown[]) => done.map((one) => (one as { path: string }).path);

/** A session in whose first turn something is said while the first of two writes runs. */
async function saidDuringFirst(
  mode: 'steer' | 'collect' | 'interrupt',
  during: (stage: Awaited<ReturnType<typeof setSession>>) => Promise<void>,
) {
  const plans: PlanInput[] = [];
  let ticks = 0;
  const stage = await setSession({
    mode,
    plan: async (input) => {
      plans.push(input);
      return twoWrites(input);
    },
    tick: async () => {
      ticks += 1;
      // User, plan and its words; this is the first call.
      if (ticks === 4) await during(stage);
    },
    isOwner: async ({ sender }) => sender.id === '42',
  });
  await stage.say('m1');
  await stage.drain();
  return { ...stage, plans };
}

describe('what is said while a turn runs', () => {
  it('steers it: what has begun ends, the rest is skipped, and the planner hears it next', async () => {
    const { world, replies, plans, store, transcript } = await saidDuringFirst(
      'steer',
      async (stage) => {
        await stage.say('m2');
        await stage.say('m3', { sender: { id: '7' }, isGroup: true });
        stage.clock.pass(500);
      },
    );
    expect(paths(world.done)).toEqual(['a.txt']);
    expect(await replies()).toEqual(['m1, m2, m3']);
    expect(plans).toHaveLength(2);
    for (const id of ['m1', 'm2', 'm3']) expect(await resultOf(store, id)).toBe('replied');
    const kept = (await transcript()).map(({ event: of, labels, item }) => [
      ...[of, item.role, labels.integrity, item.role === 'tool' ? item.ok : item.text],
    ]);
    expect(kept).toEqual([
      ['m1', 'user', 'owner', 'm1'],
      ['m1', 'assistant', 'owner', ''],
      ['m1', 'tool', 'local', true],
      ['m1', 'tool', 'owner', false],
      ['m2', 'user', 'owner', 'm2'],
      // A stranger’s words stay a stranger’s, and so does what comes of them.
      ['m3', 'user', 'untrusted', 'm3'],
      ['m1', 'assistant', 'untrusted', 'm1, m2, m3'],
    ]);
    const skipped = plans[1]?.transcript.filter((item) => item.role === 'tool' && !item.ok);
    expect(skipped).toMatchObject([{ text: SKIPPED, call: 'b' }]);
  });

  it('steers it only once nothing more came for half a second, and else waits its turn', async () => {
    const { world, replies } = await saidDuringFirst('steer', async (stage) => {
      await stage.say('m2');
      stage.clock.pass(499);
    });
    expect(paths(world.done)).toEqual(['a.txt', 'b.txt', 'a.txt', 'b.txt']);
    expect(await replies()).toEqual(['m1', 'm1, m2']);
  });

  it('is collected: one turn for all of it when the present one is over, in order', async () => {
    const { world, replies, store } = await saidDuringFirst('collect', async (stage) => {
      for (const id of ['m2', 'm3', 'm4']) await stage.say(id);
      stage.clock.pass(5000);
    });
    expect(paths(world.done).slice(0, 2)).toEqual(['a.txt', 'b.txt']);
    expect(await replies()).toEqual(['m1', 'm1, m2, m3, m4']);
    expect(await store.all('SELECT id FROM outbox ORDER BY seq')).toEqual([
      ...[{ id: 'reply:m1' }, { id: 'reply:m2' }],
    ]);
    expect(await store.get("SELECT depth FROM lane WHERE queue = 'in'")).toEqual({ depth: 0 });
  });

  it('interrupts it: it is stopped for good, and the new message is taken at once', async () => {
    const { world, replies, store } = await saidDuringFirst('interrupt', async (stage) => {
      await stage.say('m2');
    });
    expect(await replies()).toEqual(['Stopped.', 'm1, m2']);
    expect(await resultOf(store, 'm1')).toBe('stopped');
    expect(paths(world.done)).toEqual(['a.txt', 'b.txt']);
  });

  it('is stopped with the turn it was taken into, also by a fresh start', async () => {
    let ticks = 0;
    const stage = await setSession({
      plan: async (input) => twoWrites(input),
      tick: async () => {
        ticks += 1;
        if (ticks === 4) await stage.say('m2');
        if (ticks === 4) stage.clock.pass(500);
        // Skipped, joined, and the planner is about to hear it.
        if (ticks !== 8) return;
        stage.running.stop(LANE);
        const session = await stage.store.get('SELECT id FROM session');
        await startFresh(stage.store, String(session?.id), { now: 1 });
      },
    });
    await stage.say('m1');
    await stage.drain();
    expect(await stage.replies()).toEqual(['Stopped.']);
    expect(await resultOf(stage.store, 'm2')).toBe('stopped');
  });

  it('goes with the first message where a crash comes before the answer, and is not said twice', async () => {
    let ticks = 0;
    const stage = await setSession({
      plan: async (input) => twoWrites(input),
      tick: async () => {
        ticks += 1;
        if (ticks === 4) await stage.say('m2');
        if (ticks === 4) stage.clock.pass(500);
        // Skipped, joined, and now the plan that knows of it.
        if (ticks === 8) throw new Error('a crash');
      },
    });
    await stage.say('m1');
    await stage.drain();
    expect(paths(stage.world.done)).toEqual(['a.txt']);
    expect(await stage.replies()).toEqual(['m1, m2']);
    const heard = (await stage.transcript()).filter(({ item }) => item.role === 'user');
    expect(heard.map(({ event: of }) => of)).toEqual(['m1', 'm2']);
  });

  it('does not skip a call that an earlier try began', async () => {
    let ticks = 0;
    const stage = await setSession({
      plan: async (input) => twoWrites(input),
      tick: async () => {
        ticks += 1;
        // Done, and lost before it was written down.
        if (ticks !== 5) return;
        await stage.say('m2');
        throw new Error('a crash');
      },
    });
    await stage.say('m1');
    await stage.drain();
    expect(paths(stage.world.done)).toEqual(['a.txt']);
    const tools = (await stage.transcript()).flatMap(({ item }) =>
      item.role === 'tool' ? [[item.call, item.ok]] : [],
    );
    expect(tools).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(await stage.replies()).toEqual(['m1, m2']);
  });
});

describe('a message that was taken into a turn', () => {
  it('is no longer dropped as untouched, and a panic ends it with the turn', async () => {
    const { store } = await freshStore();
    for (const id of ['m1', 'm2', 'm3']) await store.tx((sql) => spoolEvent(sql, event(id), LANE));
    const deps = {
      store,
      steady: heldClock(),
      mode: 'steer',
      held: () => false,
      together: () => true,
    } as const;
    const meanwhile = createMeanwhile(deps, { key: LANE, event: 'm1', lastHeard: () => undefined });
    await meanwhile.begin('m2');
    expect([await dropLetter(store, 'm2'), await dropLetter(store, 'm3')]).toEqual([false, true]);
    expect((await meanwhile.waiting()).map(({ id }) => id)).toEqual(['m2']);
    expect(await endBegun(store, 'stopped')).toEqual(['m2']);
  });

  it('does not overtake what waits for a turn of its own', async () => {
    const { store } = await freshStore();
    for (const id of ['m1', 'm2', 'm3', 'm4'])
      await store.tx((sql) => spoolEvent(sql, event(id), LANE));
    const deps = {
      store,
      steady: heldClock(),
      mode: 'steer',
      held: () => false,
      together: (_: unknown, { id }: { readonly id: string }) => id !== 'm3',
    } as const;
    const meanwhile = createMeanwhile(deps, { key: LANE, event: 'm1', lastHeard: () => undefined });
    expect((await meanwhile.ready(true)).map(({ id }) => id)).toEqual(['m2']);
  });

  it('is not taken while everything rests, and waits', async () => {
    const { store } = await freshStore();
    for (const id of ['m1', 'm2']) await store.tx((sql) => spoolEvent(sql, event(id), LANE));
    const deps = {
      store,
      steady: heldClock(),
      mode: 'steer',
      held: () => true,
      together: () => true,
    } as const;
    const meanwhile = createMeanwhile(deps, { key: LANE, event: 'm1', lastHeard: () => undefined });
    expect(await meanwhile.ready(true)).toEqual([]);
    expect((await meanwhile.waiting()).map(({ id }) => id)).toEqual(['m2']);
  });
});
