import { expect, it } from 'vitest';
import type { Store } from '../../src/domain/store.ts';
import { call, reply } from '../agent/stage.ts';
import { setSession } from './session-stage.ts';

/** What each transaction from now on puts where, in order: of runs, the conversation and the outbox. */
function watchWrites(store: Store): readonly (readonly string[])[] {
  const { tx } = store;
  const seen: string[][] = [];
  const watched: Store['tx'] = (work) =>
    tx((sql) => {
      const writes: string[] = [];
      seen.push(writes);
      return work({
        ...sql,
        run: async (query, ...params) => {
          const [, table] = /INTO (run|transcript|outbox)\(/.exec(query) ?? [];
          if (table) writes.push(table);
          return sql.run(query, ...params);
        },
      });
    });
  Object.assign(store, { tx: watched });
  return seen;
}

it('words and plan are written with the beginning of what they led to, and the last word with the reply', async () => {
  const stage = await setSession({
    plan: async ({ step }) =>
      step === 0 ? call('w', 'file_write', { path: 'a.txt', content: 'x' }) : reply('written'),
  });
  await stage.say('m1');
  const seen = watchWrites(stage.store);
  await stage.step();
  expect(seen.filter((writes) => writes.length > 0)).toEqual([
    ['transcript', 'transcript', 'run'],
    // What came of it: the scene has no end of a run that takes it along.
    ['transcript'],
    ['transcript', 'run', 'outbox'],
  ]);
  expect((await stage.transcript()).map(({ item }) => item.role)).toEqual([
    ...['user', 'assistant', 'tool', 'assistant'],
  ]);
});

it('the last word of a turn whose reply is refused is written all the same', async () => {
  const stage = await setSession({
    plan: async () => reply('hello'),
    answers: async () => ({ ok: false, reason: 'policy', message: 'A rule forbids it.' }),
  });
  await stage.say('m1');
  await stage.drain();
  expect(await stage.replies()).toEqual([]);
  expect((await stage.transcript()).map(({ item }) => item.role)).toEqual(['user', 'assistant']);
});
