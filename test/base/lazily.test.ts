import { expect, it } from 'vitest';
import { lazily } from '../../src/base/lazily.ts';

it('makes each when it is first read, once, and names all of them before', () => {
  const made: string[] = [];
  const it = lazily({
    one: () => made.push('one'),
    two: () => made.push('two'),
  });
  expect(Object.keys(it)).toEqual(['one', 'two']);
  expect(Object.hasOwn(it, 'two')).toBe(true);
  expect(made).toEqual([]);
  expect([it.two, it.two]).toEqual([1, 1]);
  expect(made).toEqual(['two']);
});
