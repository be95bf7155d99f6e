import { describe, expect, it } from 'vitest';
import { createHistory } from '../../../src/channels/whatsapp/history.ts';
import { whatNext } from '../../../src/channels/whatsapp/what-next.ts';
import { heldClock } from '../../store/fresh.ts';

const next = (code: number, same = 1, inRow = same) => whatNext(code, { inRow, same });

describe('after a connection to WhatsApp ended', () => {
  it.each([
    [401, 1, 'relink'],
    [403, 1, 'stop'],
    [405, 1, 'retry'],
    [405, 4, 'stop'],
    [408, 1, 'retry'],
    [408, 500, 'retry'],
    [411, 1, 'stop'],
    [428, 500, 'retry'],
    [440, 1, 'retry'],
    [440, 6, 'stop'],
    [500, 1, 'retry'],
    [500, 3, 'heal'],
    [500, 6, 'relink'],
    [503, 500, 'retry'],
    [515, 1, 'restart'],
    [515, 6, 'retry'],
    [499, 1, 'retry'],
    [499, 11, 'stop'],
  ])('%i for time %i leads to: %s', (code, same, what) => {
    expect(next(code, same).do).toBe(what);
  });

  it('waits half a minute at least before it takes a connection back', () => {
    const step = next(440);
    expect(step.do === 'retry' && step.backoff.firstMs / 2).toBeGreaterThanOrEqual(30_000);
  });

  it('never tries anything at once for ever', () => {
    for (let code = 400; code < 600; code++)
      expect(next(code, 100).do, `${code}`).not.toBe('restart');
  });

  it('counts a connection that lasted as a fresh start, and forgets after an hour', () => {
    const clock = heldClock();
    const judge = createHistory(clock);
    const attempts = [0, 0, 0, 61_000, 0].map((lasted) => {
      const step = judge(428, lasted);
      return step.do === 'retry' && step.attempt;
    });
    expect(attempts).toEqual([1, 2, 3, 1, 2]);
    for (let time = 0; time < 5; time++) judge(440, 90_000);
    expect(judge(440, 90_000).do).toBe('stop');
    clock.pass(3_600_000);
    expect(judge(440, 90_000).do).toBe('retry');
  });
});
