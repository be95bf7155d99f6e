import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createLaneLoop, type LaneLoopDeps } from '../../src/store/lane-loop.ts';
import {
  type Claim,
  claimLane,
  deepen,
  freeLanes,
  holdsLane,
  holdsLease,
  nextDue,
  releaseLane,
  renewLane,
} from '../../src/store/tables/lanes.ts';
import { until } from '../flows/stage/until.ts';
import { freshStore } from './fresh.ts';

const claim = (store: Store, now: number): Promise<Claim | undefined> =>
  store.tx((sql) => claimLane(sql, { queue: 'in', now, leaseMs: 100 }));

const must = async (found: Promise<Claim | undefined>): Promise<Claim> => {
  const held = await found;
  if (!held) throw new Error('no lane was due');
  return held;
};

describe('a lane', () => {
  it('has one holder until it is given back or the lease runs out', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    const first = await must(claim(store, 0));
    expect(await claim(store, 99)).toBeUndefined();
    const second = await must(claim(store, 100));
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(await holdsLane(store, 'in', first)).toBe(false);
    expect(await holdsLane(store, 'in', second)).toBe(true);
  });

  it('is not changed by a holder whose lease was lost', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    const stale = await must(claim(store, 0));
    const fresh = await must(claim(store, 100));
    const before = await store.all('SELECT * FROM lane');
    expect(await releaseLane(store, { queue: 'in', claim: stale, done: 1, due: 5 })).toBe(false);
    expect(await renewLane(store, { queue: 'in', claim: stale, until: 9999 })).toBe(false);
    expect(await store.all('SELECT * FROM lane')).toEqual(before);
    expect(await releaseLane(store, { queue: 'in', claim: fresh, done: 1, due: 5 })).toBe(true);
    expect(await claim(store, 500)).toBeUndefined();
  });

  it('stays with a holder that slept past its lease, until somebody else has come', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    const held = await must(claim(store, 0));
    expect(await holdsLease(store, 'in', { claim: held, now: 500 })).toBe(true);
    // The look has renewed it.
    expect(await claim(store, 599)).toBeUndefined();
    await must(claim(store, 600));
    expect(await holdsLease(store, 'in', { claim: held, now: 601 })).toBe(false);
  });

  it('is given back once, and cannot be extended after that', async () => {
    const { store } = await freshStore();
    for (let i = 0; i < 3; i++) await deepen(store, 'in', 'a');
    const held = await must(claim(store, 0));
    const given = { queue: 'in', claim: held, done: 1, due: 5 } as const;
    expect(await releaseLane(store, given)).toBe(true);
    expect(await releaseLane(store, given)).toBe(false);
    expect(await renewLane(store, { queue: 'in', claim: held, until: 9999 })).toBe(false);
    expect(await store.get('SELECT depth, lease FROM lane')).toEqual({ depth: 2, lease: 0 });
  });

  it('is handed out by who has been due longest, and not before it is due', async () => {
    const { store } = await freshStore();
    for (const lane of ['a', 'b']) await deepen(store, 'in', lane);
    const [first, second] = [await must(claim(store, 0)), await must(claim(store, 0))];
    await releaseLane(store, { queue: 'in', claim: first, done: 0, due: 70 });
    await releaseLane(store, { queue: 'in', claim: second, done: 0, due: 60 });
    expect(await nextDue(store, 'in')).toBe(60);
    expect(await claim(store, 59)).toBeUndefined();
    expect((await must(claim(store, 80))).lane).toBe(second.lane);
    expect(await nextDue(store, 'out')).toBeUndefined();
  });

  it('never holds less than nothing, and never mixes its two queues', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    await deepen(store, 'out', 'a');
    const held = await must(claim(store, 0));
    await releaseLane(store, { queue: 'in', claim: held, done: 5, due: 0 });
    expect(await store.get("SELECT depth FROM lane WHERE queue = 'in'")).toEqual({ depth: 0 });
    expect(await store.get("SELECT depth FROM lane WHERE queue = 'out'")).toEqual({ depth: 1 });
  });

  it('is free again after a restart, and whoever held it before may not finish', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    const old = await must(claim(store, 0));
    await freeLanes(store);
    expect(await releaseLane(store, { queue: 'in', claim: old, done: 1, due: 0 })).toBe(false);
    expect(await claim(store, 1)).toBeDefined();
  });

  it('is never held by two, whatever the order of things', async () => {
    const step = fc.record({
      kind: fc.constantFrom(
        'claim' as const,
        'pass' as const,
        'release' as const,
        'renew' as const,
      ),
      ms: fc.nat(60),
      which: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { store } = await freshStore();
        for (const lane of ['a', 'b']) for (let i = 0; i < 9; i++) await deepen(store, 'in', lane);
        const all = holders(store);
        for (const next of steps) await all[next.kind](next);
        await store.close();
      }),
      { numRuns: 25 },
    );
  });
});

/** Takes, extends and gives back lanes, and knows who may. */
function holders(store: Store) {
  let now = 0;
  const held: { readonly claim: Claim; until: number }[] = [];
  const isNewest = (mine: Claim): boolean =>
    held.findLast(({ claim: other }) => other.lane === mine.lane)?.claim === mine;
  return {
    pass: async ({ ms }: { readonly ms: number }) => {
      now += ms;
    },
    claim: async () => {
      const got = await claim(store, now);
      const taken = held.filter(({ until: end }) => end > now).map((one) => one.claim.lane);
      if (got) expect(taken).not.toContain(got.lane);
      if (got) held.push({ claim: got, until: now + 100 });
    },
    renew: async ({ which }: { readonly which: number }) => {
      const mine = held[which];
      if (!mine) return;
      const kept = await renewLane(store, { queue: 'in', claim: mine.claim, until: now + 100 });
      expect(kept).toBe(isNewest(mine.claim) && mine.until > 0);
      if (kept) mine.until = now + 100;
    },
    release: async ({ which }: { readonly which: number }) => {
      const mine = held[which];
      if (!mine) return;
      const given = { queue: 'in', claim: mine.claim, done: 1, due: now } as const;
      expect(await releaseLane(store, given)).toBe(isNewest(mine.claim) && mine.until > 0);
      if (isNewest(mine.claim)) mine.until = 0;
    },
  } as const;
}

async function loopOn(store: Store, parts: Partial<LaneLoopDeps<unknown>>) {
  const errors: unknown[] = [];
  const loop = createLaneLoop({
    store,
    clock: systemClock,
    queue: 'in',
    most: 2,
    leaseMs: 60_000,
    take: async () => undefined,
    work: async () => undefined,
    onError: (error) => errors.push(error),
    ...parts,
  });
  return { loop, errors };
}

describe('the loop that hands out lanes', () => {
  it('works on several lanes at once, never on one twice, and never on more than it may', async () => {
    const { store } = await freshStore();
    for (const lane of ['a', 'b', 'c', 'd'])
      for (let i = 0; i < 5; i++) await deepen(store, 'in', lane);
    const now: string[] = [];
    let most = 0;
    let done = 0;
    const { loop, errors } = await loopOn(store, {
      work: async (claim) => {
        expect(now).not.toContain(claim.lane);
        now.push(claim.lane);
        most = Math.max(most, now.length);
        await pause(2);
        now.splice(now.indexOf(claim.lane), 1);
        done += 1;
        await releaseLane(store, { queue: 'in', claim, done: 1, due: systemClock.now() });
      },
    });
    loop.start();
    await until('all twenty are done', () => done === 20);
    await loop.stop();
    expect(most).toBe(2);
    expect(errors).toEqual([]);
  });

  it('hears a wake-up that comes while it is looking, long before its next look', async () => {
    const { store } = await freshStore();
    const started = performance.now();
    let took = 0;
    let looked = false;
    const busy: Store = {
      ...store,
      get: async (query, ...params) => {
        const found = await store.get(query, ...params);
        if (looked) return found;
        looked = true;
        // After it saw that nothing is due, and before it knows.
        await store.tx((sql) => deepen(sql, 'in', 'a'));
        loop.wake();
        return found;
      },
    };
    const { loop } = await loopOn(busy, {
      work: async (claim) => {
        took = performance.now() - started;
        await releaseLane(store, { queue: 'in', claim, done: 1, due: 0 });
      },
    });
    loop.start();
    await until('it was taken', () => took > 0);
    await loop.stop();
    // It looks again by itself after a second.
    expect(took).toBeLessThan(1000);
  });

  it('gives a lane back whose work failed, as soon as the store can say so', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    let broken = false;
    const failing: Store = {
      ...store,
      tx: (work) => (broken ? Promise.reject(new Error('the disk is full')) : store.tx(work)),
    };
    const { loop, errors } = await loopOn(failing, {
      work: async () => {
        broken = true;
        throw new Error('not recorded');
      },
    });
    loop.start();
    await until('it was tried in vain', () => errors.length >= 2);
    broken = false;
    await until('it is back', async () => {
      loop.wake();
      return (await store.get('SELECT lease FROM lane'))?.lease === 0;
    });
    const lane = await store.get('SELECT depth, due FROM lane');
    await loop.stop();
    expect(String(errors[0])).toContain('not recorded');
    expect(lane?.depth).toBe(1);
    expect(Number(lane?.due)).toBeGreaterThan(0);
  });

  it('lets a lane rest in which nothing could be taken, and goes on with the others', async () => {
    const { store } = await freshStore();
    for (const lane of ['a', 'b']) await deepen(store, 'in', lane);
    const done: string[] = [];
    const { loop, errors } = await loopOn(store, {
      take: async (sql, { lane }) => {
        await sql.run("INSERT INTO phrase(text, canonical, at) VALUES($1, 'x', 1)", lane);
        if (lane === 'a') throw new Error('no message at all');
      },
      work: async (claim) => {
        done.push(claim.lane);
        await releaseLane(store, { queue: 'in', claim, done: 1, due: 0 });
      },
    });
    loop.start();
    await until('both were tried', () => done.length > 0 && errors.length > 0);
    await loop.stop();
    expect([done, String(errors[0])]).toEqual([['b'], 'Error: no message at all']);
    expect(await store.all('SELECT text FROM phrase')).toEqual([{ text: 'b' }]);
    const left = await store.get("SELECT lease, depth, due FROM lane WHERE lane = 'a'");
    expect(left).toMatchObject({ lease: 0, depth: 1 });
    expect(Number(left?.due)).toBeGreaterThan(0);
  });

  it('calls its worker off when somebody else has the lane', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    let lost: AbortSignal | undefined;
    const { loop } = await loopOn(store, {
      leaseMs: 60,
      work: async (_, __, signal) => {
        lost ??= signal;
        await until('it is called off', () => signal.aborted);
      },
    });
    loop.start();
    await until('it has begun', () => lost !== undefined);
    await freeLanes(store);
    await until('it is called off', () => lost?.aborted);
    await loop.stop();
  });

  it('calls its worker off when the store cannot be asked until the lease is over', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    let lost: AbortSignal | undefined;
    const deaf: Store = {
      ...store,
      run: () => Promise.reject(new Error('the disk is gone')),
    };
    const { loop, errors } = await loopOn(deaf, {
      leaseMs: 60,
      work: async (_, __, signal) => {
        lost ??= signal;
        await until('it is called off', () => signal.aborted);
      },
    });
    loop.start();
    await until('it is called off', () => lost?.aborted);
    await loop.stop();
    expect(String(errors[0])).toContain('the disk is gone');
  });

  it('survives a worker that fails, and stops when it is told to', async () => {
    const { store } = await freshStore();
    await deepen(store, 'in', 'a');
    const { loop, errors } = await loopOn(store, {
      leaseMs: 20,
      work: async () => {
        throw new Error('broken');
      },
    });
    loop.start();
    await until('it was tried twice', () => errors.length >= 2);
    await loop.stop();
  });
});
