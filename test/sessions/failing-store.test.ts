import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/store.ts';
import { spoolItems } from '../../src/store/tables/dead-letters.ts';
import { resultOf } from '../../src/store/tables/spool.ts';
import { reply } from '../agent/stage.ts';
import { setSession } from './session-stage.ts';

/** From now on so many transactions that queue a message fail, as on a disk that reports errors. */
function breakOutbox(store: Store, failures: number): void {
  const { tx } = store;
  let left = failures;
  const run: Store['tx'] = (work) =>
    tx((sql) =>
      work({
        ...sql,
        run: async (query, ...params) => {
          if (query.includes('INTO outbox') && left-- > 0) throw new Error('the disk failed');
          return sql.run(query, ...params);
        },
      }),
    );
  Object.assign(store, { tx: run });
}

const stageThatAnswers = () => setSession({ plan: async () => reply('here you are') });
type Stage = Awaited<ReturnType<typeof stageThatAnswers>>;

const dead = ({ store }: Stage) => spoolItems(store, { part: 'dead', limit: 9 });
const depth = async ({ store }: Stage) =>
  (await store.get(`SELECT depth FROM lane WHERE queue = 'in'`))?.depth;

describe('an answer that could not be queued', () => {
  it('is queued at the next try, once', async () => {
    const stage = await stageThatAnswers();
    breakOutbox(stage.store, 1);
    await stage.say('a');
    await stage.step();
    expect([await stage.replies(), await resultOf(stage.store, 'a')]).toEqual([[], undefined]);
    await stage.drain();
    expect(await stage.replies()).toEqual(['here you are']);
    expect([await resultOf(stage.store, 'a'), await depth(stage)]).toEqual(['replied', 0]);
  });

  it('is tried five times; then its message is put aside, and its sender told as soon as that goes', async () => {
    const stage = await stageThatAnswers();
    breakOutbox(stage.store, 7);
    await stage.say('a');
    await stage.drain();
    const [sorry, ...more] = await stage.replies();
    expect(sorry).toContain('I tried 5 times and something broke each time');
    expect(sorry).toContain('put your message aside: a\n');
    expect(more).toEqual([]);
    expect(await dead(stage)).toMatchObject([{ id: 'a', error: 'the disk failed' }]);
    expect(await depth(stage)).toBe(0);
    // The next turn does not take it for a message that nobody answered.
    const { item } = (await stage.transcript()).at(-1) ?? {};
    expect(item).toMatchObject({ role: 'assistant', final: true });
  });

  it('keeps nobody waiting for ever', async () => {
    const stage = await stageThatAnswers();
    breakOutbox(stage.store, 11);
    for (const id of ['a', 'b']) await stage.say(id, { text: id });
    await stage.drain();
    expect(await dead(stage)).toMatchObject([{ id: 'a' }]);
    expect(await stage.replies()).toEqual(['here you are']);
    expect(await depth(stage)).toBe(0);
  });
});
