import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundText, lookFor } from '../../../skills/packages/packages.ts';
import { type PlainContext, plainContext } from '../plain-context.ts';

let context: PlainContext;
beforeAll(() => {
  context = plainContext();
});
afterAll(() => context.remove());

describe('a program', () => {
  it('is found by its whole path, whatever PATH says, with its version where that is known how to ask', async () => {
    const [git, nothing] = await lookFor(context, ['git', 'no-such-program']);
    expect(git?.path).toMatch(/^\/.*\/git$/);
    expect(git?.version).toMatch(/^git version \d/);
    expect(nothing).toEqual({ name: 'no-such-program' });
    expect(foundText({ name: 'no-such-program' })).toBe('no-such-program: not found');
    expect(foundText({ name: 'a', path: '/bin/a', version: 'a 1', package: '1-2' })).toBe(
      'a: /bin/a, a 1, package 1-2',
    );
  });

  it('is never started where nobody knows what it does', async () => {
    context = plainContext();
    await lookFor(context, ['sh']);
    expect(context.ran.every(([program]) => program === 'ls' || program === 'dpkg-query')).toBe(
      true,
    );
  });
});
