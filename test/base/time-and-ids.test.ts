import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from '../../src/base/backoff.ts';
import { duration } from '../../src/base/clock.ts';
import { mac, sameText } from '../../src/base/digest.ts';
import { AtomError, asAtomError } from '../../src/base/errors.ts';
import { newId, shortCode } from '../../src/base/ids.ts';
import { sleep, within } from '../../src/base/wait.ts';

describe('ids', () => {
  it('are ULIDs that sort by their time', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 47), fc.nat(2 ** 47), (a, b) => {
        fc.pre(a < b);
        expect(newId(a) < newId(b)).toBe(true);
      }),
    );
    expect(newId(1_469_918_176_385).slice(0, 10)).toBe('01ARYZ6S41');
    expect(newId()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('are never the same twice, and codes hold no letters that look alike', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId(1))).size).toBe(1000);
    for (let i = 0; i < 200; i++) expect(shortCode()).toMatch(/^[a-hjkmnp-z2-9]{4}$/);
  });
});

describe('waiting', () => {
  it('ends at once when it is called off, with the reason given', async () => {
    const off = new AbortController();
    const waiting = sleep(60_000, off.signal);
    off.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
    await expect(sleep(60_000, off.signal)).rejects.toThrow('called off');
  });

  it('lasts as long as it was told to', async () => {
    const before = performance.now();
    await sleep(30, new AbortController().signal);
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });

  it('names what did not answer', async () => {
    await expect(within(10, 'the platform', new Promise(() => undefined))).rejects.toThrow(
      'the platform did not answer in 10 ms',
    );
    await expect(within(1000, 'x', Promise.resolve(7))).resolves.toBe(7);
  });

  it('grows from try to try, never below half and never above the cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (attempt) => {
        const ceiling = Math.min(30_000, 1000 * 2 ** (attempt - 1));
        const wait = backoff({ firstMs: 1000, capMs: 30_000 }, attempt);
        expect(wait).toBeGreaterThanOrEqual(ceiling / 2);
        expect(wait).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  it('is told in the largest unit that fits', () => {
    const told = [-5, 0, 59_999, 60_000, 3_600_000, 172_799_999, 172_800_000].map(duration);
    expect(told).toEqual(['0 s', '0 s', '59 s', '1 min', '1 h', '47 h', '2 days']);
  });
});

describe('errors and marks', () => {
  it('keep what a stranger said and lose nothing of their own', () => {
    const own = new AtomError('blocked', 'no', { next: ['do this'] });
    expect(asAtomError(own)).toBe(own);
    expect(asAtomError(new Error('boom'))).toMatchObject({ code: 'failed', message: 'boom' });
    expect(asAtomError('boom')).toMatchObject({ code: 'failed', message: 'boom' });
  });

  it('differ with the key and the text', () => {
    const key = Buffer.from('k');
    expect(mac(key, 'a', 8)).toHaveLength(8);
    expect(sameText(mac(key, 'a', 8), mac(key, 'a', 8))).toBe(true);
    expect(sameText(mac(key, 'a', 8), mac(key, 'b', 8))).toBe(false);
    expect(sameText(mac(key, 'a', 8), mac(Buffer.from('l'), 'a', 8))).toBe(false);
  });
});
