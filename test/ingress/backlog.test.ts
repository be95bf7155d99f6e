import { describe, expect, it } from 'vitest';
import { createBacklog } from '../../src/ingress/backlog.ts';
import { claimLane, deepen, laneDepth, releaseLane } from '../../src/store/tables/lanes.ts';
import { freshStore } from '../store/fresh.ts';

const LANE = 'telegram:dm:42';

describe('what waits', () => {
  it('is told to its sender once, and again only after it was caught up with', async () => {
    const { store } = await freshStore();
    const backlog = createBacklog();
    const say = async (times: number) => {
      const told: string[] = [];
      for (let i = 0; i < times; i++) {
        await deepen(store, 'in', LANE);
        told.push(backlog.words(LANE, await laneDepth(store, 'in', LANE)) ?? '');
      }
      return told.filter((words) => words !== '');
    };
    expect(await say(9)).toEqual([]);
    expect(await say(20)).toEqual([expect.stringContaining('10 of your messages wait')]);
    const claim = await claimLane(store, { queue: 'in', now: 1, leaseMs: 1 });
    if (!claim) throw new Error('nothing was claimed');
    await releaseLane(store, { queue: 'in', claim, done: 27, due: 0 });
    expect(await say(8)).toEqual([expect.stringContaining('10 of your messages wait')]);
  });

  it('has an end: then nothing more is taken in, so that the platform keeps it', async () => {
    const { store } = await freshStore();
    const backlog = createBacklog();
    await store.run(
      `INSERT INTO lane(queue, lane, depth) VALUES('in', 'a', 99999), ('out', 'a', 50)`,
    );
    expect(await backlog.whyFull(store)).toBeUndefined();
    await deepen(store, 'in', LANE);
    expect(await backlog.whyFull(store)).toMatchObject({ code: 'unavailable' });
  });
});
