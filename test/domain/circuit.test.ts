import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  afterSignOfLife,
  afterSuccess,
  type Circuit,
  CLOSED,
  mayTryAt,
  stateOf,
  trying,
} from '../../src/domain/circuit.ts';

const failing = (times: number, now: number): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((last) => afterFailure(last, now, 'gone'), CLOSED);

describe('a circuit', () => {
  it('opens after five failures in a row, and not after four', () => {
    expect(mayTryAt(failing(4, 100), 100)).toBe(100);
    expect(stateOf(failing(5, 100), 100)).toEqual({ state: 'open', reason: 'gone', until: 60_100 });
  });

  it('forgets failures once something worked', () => {
    expect(afterFailure(afterSuccess(failing(4, 0)), 0, 'x').failures).toBe(1);
  });

  it('lets one try through after a minute, and the next once that has ended', () => {
    const open = failing(5, 0);
    expect(stateOf(open, 60_000).state).toBe('half-open');
    const tried = trying(open, 60_000);
    expect(mayTryAt(tried, 60_001)).toBe(120_000);
    expect(mayTryAt(afterSuccess(tried), 60_500)).toBe(60_500);
  });

  it('closes after two tries that worked, and opens again after one that did not', () => {
    const half = trying(failing(5, 0), 60_000);
    expect(afterSuccess(afterSuccess(half))).toEqual(CLOSED);
    const again = afterFailure(afterSuccess(half), 61_000, 'still gone');
    expect(stateOf(again, 61_000)).toEqual({ state: 'open', reason: 'still gone', until: 121_000 });
  });

  it('lets one try through at once after a sign of life, also where a try was cut off', () => {
    const half = afterSignOfLife(trying(failing(5, 0), 60_000), 60_010);
    expect(stateOf(half, 60_010)).toEqual({ state: 'half-open', reason: 'gone', until: 60_010 });
    const again = afterFailure(trying(half, 60_010), 60_020, 'still gone');
    expect(mayTryAt(again, 60_020)).toBe(120_020);
    expect(afterSignOfLife(failing(4, 0), 0)).toEqual(failing(4, 0));
  });

  it('keeps nobody waiting for a moment that a clock set back has put ahead', () => {
    expect(mayTryAt(failing(5, 1_000_000), 1000)).toBe(1000);
    expect(mayTryAt(trying(failing(5, 0), 1_000_000), 70_000)).toBe(70_000);
  });
});
