import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Belonging, visibleTo } from '../../src/domain/visibility.ts';

const names = ['dana', 'erik', 'finn'] as const;
const of = fc.option(fc.constantFrom(...names), { nil: undefined });
const thing: fc.Arbitrary<Belonging> = fc.record({
  kind: fc.constantFrom<Belonging['kind'][]>('talk', 'memory', 'approval', 'post'),
  of,
  shared: fc.boolean(),
});

describe('who sees what', () => {
  it('is, for a user, their own and what others share of the feed, whomever they name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), of, thing, (user, at, seen) => {
        const isOwn = seen.of === user;
        const isShared = seen.kind === 'post' && seen.shared === true;
        expect(visibleTo({ user, at }, seen)).toBe(isOwn || isShared);
      }),
    );
  });

  it('is, for the owner, never what a user talks about or has remembered but by that user’s name', () => {
    fc.assert(
      fc.property(of, thing, (at, seen) => {
        const isPrivate = seen.kind === 'talk' || seen.kind === 'memory';
        const isSeen = at === undefined ? seen.of === undefined || !isPrivate : seen.of === at;
        expect(visibleTo({ at }, seen)).toBe(isSeen);
      }),
    );
  });
});
