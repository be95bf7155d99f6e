import { describe, expect, it } from 'vitest';
import { createHistory } from '../../../src/channels/whatsapp/history.ts';
import { whatNext } from '../../../src/channels/whatsapp/what-next.ts';
import { heldClock } from '../../store/fresh.ts';

const next = (code: number, same = 1, inRow = same) =>
  whatNext(code, { inRow, same, words: 'code 1' });

describe('after a connection to WhatsApp ended', () => {
  it.each([
    [0, 3, 'retry'],
    [0, 4, 'stop'],
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

  it('says what to do about a program that does not start, and how it ended', () => {
    expect(next(0).words).toBe('the program that speaks WhatsApp did not start (code 1)');
    expect(next(0, 4).words).toMatch(/\(code 1\).* atom doctor .*atom channels remove whatsapp/);
  });

  it('counts a connection that lasted as a fresh start, and forgets after an hour', () => {
    const clock = heldClock();
    const judge = createHistory(clock);
    const attempts = [0, 0, 0, 61_000, 0].map((lasted) => {
      const step = judge({ code: 428, words: '', ms: lasted });
      return step.do === 'retry' && step.attempt;
    });
    expect(attempts).toEqual([1, 2, 3, 1, 2]);
    for (let time = 0; time < 5; time++) judge({ code: 440, words: '', ms: 90_000 });
    expect(judge({ code: 440, words: '', ms: 90_000 }).do).toBe('stop');
    clock.pass(3_600_000);
    expect(judge({ code: 440, words: '', ms: 90_000 }).do).toBe('retry');
  });
});
