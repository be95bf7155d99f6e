import { describe, expect, it } from 'vitest';
import { check } from './campaign/check.ts';
import type { History } from './campaign/history.ts';
import { applied, MUTANTS } from './campaign/mutants.ts';

const REPEAT = '(This may be a repeat: it is not known whether it arrived before.)\n';

/** Two messages of one chat, the second of which asks for something, answered as they should be. */
const good: History = {
  told: [
    { chat: '1', token: 'c1m0', acts: false, asks: false },
    { chat: '1', token: 'c1m1', acts: true, asks: false },
  ],
  heard: [
    { chat: '1', text: 'c1m0' },
    { chat: '1', text: 'c1m1\n' },
  ],
  effects: new Map([['c1m1', 1]]),
  doubtfulRuns: [],
  doubtfulMessages: [],
  dead: [],
  shown: '',
  broken: [],
};
const [first, second] = good.heard;
if (!first || !second) throw new Error('nothing was heard');

describe('the checker of the fault campaign', () => {
  it('finds nothing wrong where every message was answered in order and done once', () => {
    expect(check(good)).toMatchObject({ in: 2, out: 2, lost: 0, effects: 1, wrong: [] });
  });

  it('finds a message that was never answered', () => {
    const verdict = check({ ...good, heard: [second] });
    expect(verdict).toMatchObject({ lost: 1, wrong: ['c1m0 was never answered'] });
  });

  it('takes no card for an answer', () => {
    const card = { chat: '1', text: 'APPROVAL k7p2 · HIGH\n$ c1m1' };
    expect(check({ ...good, heard: [first, card] })).toMatchObject({ lost: 1 });
  });

  it('finds answers that came out of order', () => {
    expect(check({ ...good, heard: [second, first] })).toMatchObject({ disordered: 1 });
  });

  it('lets an answer be repeated only where it says so', () => {
    const flagged = { chat: '1', text: `${REPEAT}c1m1` };
    const repeated = check({ ...good, heard: [...good.heard, flagged] });
    expect(repeated).toMatchObject({ doubled: 1, flagged: 1, wrong: [] });
    const silent = check({ ...good, heard: [...good.heard, second] });
    expect(silent).toMatchObject({ doubled: 1, flagged: 0 });
    expect(silent.wrong).toHaveLength(1);
  });

  it('finds what was done twice, and what was answered as done and was not', () => {
    expect(check({ ...good, effects: new Map([['c1m1', 2]]) })).toMatchObject({ repeated: 1 });
    expect(check({ ...good, effects: new Map() }).wrong).toEqual([
      'c1m1 was answered as done and was not',
    ]);
  });

  it('finds doubts that the owner was not told of, or is not shown', () => {
    const silent = { ...good, doubtfulRuns: ['c1m1'], doubtfulMessages: ['reply:x'] };
    expect(check(silent)).toMatchObject({ uncertain: 2, hidden: 3 });
    const told = { chat: '1', text: 'I cannot tell whether I could run: echo c1m1' };
    const open = { ...silent, heard: [first, told], shown: 'reply:x  uncertain\necho c1m1' };
    expect(check(open)).toMatchObject({ uncertain: 2, hidden: 0, wrong: [] });
    expect(check({ ...open, shown: 'reply:x  uncertain' })).toMatchObject({ hidden: 1 });
  });

  it('takes a notice of a doubt for the telling of it, and for no answer', () => {
    const notice = { chat: '2', text: 'IN DOUBT k7p2qx\n· echo c1m1' };
    const history = { ...good, doubtfulRuns: ['c1m1'], shown: 'c1m1' };
    const noticed = check({ ...history, heard: [...good.heard, notice] });
    expect(noticed).toMatchObject({ out: 2, uncertain: 1, hidden: 0, wrong: [] });
    expect(check({ ...history, heard: [first, notice] })).toMatchObject({ lost: 1 });
  });

  it('lets a message be put aside only where its sender is told and the owner shown it', () => {
    const aside = { ...good, dead: ['c1m1'], effects: new Map() };
    expect(check(aside)).toMatchObject({ aside: 1, hidden: 2 });
    const told = { chat: '1', text: 'I tried 5 times …, so I put your message aside: c1m1' };
    const open = { ...aside, heard: [first, told], shown: 'dead  c1m1' };
    expect(check(open)).toMatchObject({ aside: 1, lost: 0, hidden: 0, wrong: [] });
  });

  it('passes on whatever else was found broken', () => {
    expect(check({ ...good, broken: ['the database'] }).wrong).toEqual(['the database']);
  });
});

describe('the mutants of the fault campaign', () => {
  it.each(MUTANTS)('“$name” still finds the guard that it takes away', (mutant) => {
    for (const change of mutant.changes) expect(() => applied(change, mutant.name)).not.toThrow();
  });
});
