import { expect, it } from 'vitest';
import { createPour } from '../../src/ingress/pour.ts';

function setPour() {
  let at = 1000;
  const pour = createPour({ monotonic: () => at });
  return {
    pour,
    /** So many messages, one every so many milliseconds. */
    come: (count: number, everyMs: number) => {
      for (let n = 0; n < count; n++) {
        at += everyMs;
        pour.came();
      }
    },
    pass: (ms: number) => {
      at += ms;
    },
  };
}

it('people who talk hold no turn up', () => {
  const { pour, come } = setPour();
  come(200, 10);
  expect(pour.holdMs()).toBe(0);
});

it('what pours in holds turns up, until it has ended', () => {
  const { pour, come, pass } = setPour();
  expect(pour.holdMs()).toBe(0);
  come(100, 1);
  const ms = pour.holdMs();
  expect(ms).toBeGreaterThan(0);
  pass(ms);
  expect(pour.holdMs()).toBe(0);
});

it('a pour that does not end lets turns begin every two seconds', () => {
  const { pour, come } = setPour();
  const began: number[] = [];
  for (let ms = 0; ms < 10_000; ms += 5) {
    come(5, 1);
    if (pour.holdMs() === 0) began.push(ms);
  }
  // The first is before it is known to be one.
  expect(began.filter((ms) => ms > 100)).toHaveLength(4);
});
