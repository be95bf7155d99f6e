import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earliest, noteSent, windowsOf } from '../../src/outbox/rate.ts';

const rate = {
  chat: { count: 1, ms: 1000 },
  group: { count: 20, ms: 60_000 },
  overall: { count: 30, ms: 1000 },
};

describe('how fast a platform is spoken to', () => {
  it('never puts more into any stretch of time than the limit', () => {
    const window = { scope: 'x', count: 20, ms: 60_000 };
    fc.assert(
      fc.property(fc.array(fc.nat(9000), { maxLength: 120 }), (gaps) => {
        let [now, sent] = [0, [] as readonly number[]];
        const all: number[] = [];
        for (const gap of gaps) {
          now = earliest(window, sent, now + gap);
          sent = noteSent(window, sent, now);
          all.push(now);
        }
        for (const start of all)
          expect(all.filter((at) => at >= start && at < start + 60_000).length).toBeLessThan(21);
      }),
    );
  });

  it('sends at once as long as there is room, and again at the moment there is', () => {
    const window = { scope: 'x', count: 2, ms: 1000 };
    expect(earliest(window, [], 5)).toBe(5);
    expect(earliest(window, [1], 5)).toBe(5);
    expect(earliest(window, [1, 4], 5)).toBe(1001);
    expect(earliest(window, [1, 4], 1001)).toBe(1001);
  });

  it('makes nobody wait for a clock that was set back', () => {
    expect(earliest({ scope: 'x', count: 1, ms: 1000 }, [9_000_000], 5000)).toBe(6000);
  });

  it('counts a chat, its group and everything together', () => {
    const to = { channel: 'telegram', lane: 'l' };
    const scopes = (isGroup: boolean) => windowsOf(rate, { ...to, isGroup }).map((w) => w.scope);
    expect(scopes(false)).toEqual(['chat:l', 'overall:telegram']);
    expect(scopes(true)).toEqual(['chat:l', 'group:l', 'overall:telegram']);
    expect(windowsOf({}, { ...to, isGroup: true })).toEqual([]);
  });
});
