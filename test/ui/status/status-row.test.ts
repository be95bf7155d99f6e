import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/protocol/status.ts';
import { statusRow } from '../../../src/ui/status/status-row.ts';
import { quietStatus } from '../fake-gateway.ts';

const by = { surface: 'telegram', id: '42' };

const rowOf = (status: Status, columns = 80) =>
  statusRow({ profile: 'default', status, waiting: 2, stopping: false, columns });

describe('the status row', () => {
  it.each([
    ['halted', /^HALTED since \d\d:\d\d/, 'danger'],
    ['paused', /^paused since \d\d:\d\d/, 'caution'],
  ] as const)('says first of all that atom is %s, also where little fits', (kind, words, tone) => {
    const halted = { kind, by, at: 1 };
    for (const columns of [80, 40]) {
      const [first] = rowOf({ ...quietStatus, halted }, columns);
      expect(first?.text).toMatch(words);
      expect(first?.tone).toBe(tone);
    }
  });

  it('says what is in doubt, and where it is settled, before what is always so', () => {
    const text = rowOf({ ...quietStatus, doubts: 2 }, 60).map((part) => part.text);
    expect(text.join('')).toContain('2 wait for you · 2 in doubt: /runs · default');
    expect(
      rowOf(quietStatus)
        .map((part) => part.text)
        .join(''),
    ).not.toContain('doubt');
  });

  it.each([
    [20, undefined, '2 wait · default …'],
    [20, 'halted', 'HALTED · 2 wait …'],
    [12, 'halted', 'HALTED …'],
    [8, 'halted', 'HALTED …'],
    [7, undefined, '2 wa… …'],
  ] as const)(
    'of %i columns says first that something waits, or a halt: %s',
    (columns, kind, words) => {
      const halted = kind && { halted: { kind, by, at: 1 } };
      const text = rowOf({ ...quietStatus, ...halted }, columns).map((part) => part.text);
      expect(text.join('')).toBe(words);
    },
  );

  it('says nothing of a halt where there is none', () => {
    const text = rowOf(quietStatus).map((part) => part.text);
    expect(text.join('')).not.toMatch(/halted|paused/i);
  });
});
