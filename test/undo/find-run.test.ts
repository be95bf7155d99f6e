import { expect, it } from 'vitest';
import { namedRun } from '../../src/undo/find-run.ts';

const runs = [
  { run: 'cli:1', code: 'k7p2qx' },
  { run: "it's:2", code: 'abcdef' },
  { run: 'cli:3', code: 'abcdef' },
];

it('finds a run by its code in either case, or by its id', () => {
  expect(namedRun(runs, 'K7P2qx')).toBe(runs[0]);
  expect(namedRun(runs, 'cli:3')).toBe(runs[2]);
  expect(namedRun(runs, '1')).toBeUndefined();
});

it('does not guess which of several is meant, and says how each is told apart', () => {
  expect(() => namedRun(runs, 'abcdef')).toThrowError(
    expect.objectContaining({
      code: 'usage',
      message: 'Several runs are called abcdef.',
      next: [`atom undo 'it'\\''s:2'`, 'atom undo cli:3'],
    }),
  );
});
