import { expect, test } from 'vitest';
import { createTurns, type Turn } from '../../src/jail/turns.ts';

const { signal } = new AbortController();
const soon = async (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), new Promise<boolean>((r) => setImmediate(() => r(false)))]);

test.each<[string, Turn, Turn, boolean]>([
  ['two readers', { folder: '/w', writes: false }, { folder: '/w', writes: false }, true],
  ['a reader and a writer', { folder: '/w', writes: false }, { folder: '/w', writes: true }, false],
  ['a writer and a reader', { folder: '/w', writes: true }, { folder: '/w', writes: false }, false],
  [
    'a writer and a reader below',
    { folder: '/w', writes: true },
    { folder: '/w/a', writes: false },
    false,
  ],
  [
    'a reader below and a writer',
    { folder: '/w/a', writes: false },
    { folder: '/w', writes: true },
    false,
  ],
  ['writers in two folders', { folder: '/w', writes: true }, { folder: '/w2', writes: true }, true],
])('%s', async (_who, first, second, together) => {
  const turns = createTurns();
  const leave = await turns.enter(first, signal);
  const entered = turns.enter(second, signal);
  expect(await soon(entered)).toBe(together);
  leave?.();
  expect(await soon(entered)).toBe(true);
});
