import { describe, expect, test } from 'vitest';
import { nextTime } from '../../src/domain/schedule/cron.ts';
import { isWhen, scheduleOf } from '../../src/domain/schedule/when.ts';

/** Friday, 01:30 in Berlin. */
const now = { at: Date.parse('2026-11-27T00:30:00Z'), zone: 'Europe/Berlin' };

describe('when', () => {
  test.each([
    ['every weekday 8:30', '2026-11-27T07:30:00.000Z'],
    ['Every  Monday and Friday at 6pm', '2026-11-27T17:00:00.000Z'],
    ['every saturday, sunday', '2026-11-28T08:00:00.000Z'],
    ['every 15 minutes', '2026-11-27T00:45:00.000Z'],
    ['every 2 hours', '2026-11-27T01:00:00.000Z'],
    ['hourly', '2026-11-27T01:00:00.000Z'],
    ['daily 7:15', '2026-11-27T06:15:00.000Z'],
    ['every weekend at noon', '2026-11-28T11:00:00.000Z'],
    ['in 20 minutes', '2026-11-27T00:50:00.000Z'],
    ['in an hour', '2026-11-27T01:30:00.000Z'],
    ['tomorrow', '2026-11-28T08:00:00.000Z'],
    ['tomorrow at 12am', '2026-11-27T23:00:00.000Z'],
    ['today at 23:00', '2026-11-27T22:00:00.000Z'],
    ['at 0:15', '2026-11-27T23:15:00.000Z'],
    ['at 5pm', '2026-11-27T16:00:00.000Z'],
    ['2026-12-24 18:00', '2026-12-24T17:00:00.000Z'],
    ['2027-07-01', '2027-07-01T07:00:00.000Z'],
    ['0 9 * * 1-5', '2026-11-27T08:00:00.000Z'],
    ['in one hour', '2026-11-27T01:30:00.000Z'],
    ['in half an hour', '2026-11-27T01:00:00.000Z'],
    ['in 2h', '2026-11-27T02:30:00.000Z'],
    ['in 5 mins', '2026-11-27T00:35:00.000Z'],
    ['every two hours', '2026-11-27T01:00:00.000Z'],
    ['every 120 minutes', '2026-11-27T01:00:00.000Z'],
    ['every month', '2026-12-01T08:00:00.000Z'],
    ['monthly at 7:00', '2026-12-01T06:00:00.000Z'],
    ['every month on the 15th at 6pm', '2026-12-15T17:00:00.000Z'],
    ['every month on the last day', '2026-11-30T08:00:00.000Z'],
    ['@daily', '2026-11-27T23:00:00.000Z'],
    ['@monthly', '2026-11-30T23:00:00.000Z'],
    ['tomorrow 9', '2026-11-28T08:00:00.000Z'],
    ['2026-12-24 18:00:00', '2026-12-24T17:00:00.000Z'],
    ['2026-12-24T18:00:00Z', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T18:00-05:00', '2026-12-24T23:00:00.000Z'],
  ])('%s is first at %s', (words, first) => {
    const next = nextTime(scheduleOf(words, now), now.zone, now.at);
    expect(new Date(next ?? 0).toISOString()).toBe(first);
    expect(isWhen(words)).toBe(true);
  });

  test.each([
    ['', 'I do not know when'],
    ['soon', 'I do not know when'],
    ['every 7 minutes', 'does not divide an hour'],
    ['every 90 minutes', 'does not divide an hour'],
    ['every month on the 31st', 'I do not know when'],
    ['2027-02-30T18:00Z', 'I do not know when'],
    ['@reboot', 'I do not know when'],
    ['x '.repeat(101), 'I do not know when'],
    ['0 0 31 2 *', 'never comes'],
    ['every day at 25:00', 'I do not know when'],
    ['every blue moon', 'I do not know when'],
    ['at 13pm', 'I do not know when'],
    ['2027-02-30 9:00', 'I do not know when'],
    ['* * * *', 'I do not know when'],
    ['61 * * * *', 'I do not know when'],
    ['today at 1:00', 'is past'],
    ['2020-01-01', 'is past'],
    ['2031-01-01', 'more than a year'],
  ])('%s is refused', (words, why) => {
    expect(() => scheduleOf(words, now)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(why),
        next: [expect.stringMatching(/\w/)],
      }),
    );
  });

  test('the hour that a clock leaves out is made up for, and the one that comes twice is not', () => {
    const schedule = { kind: 'cron', pattern: '30 2 * * *' } as const;
    const nextAfter = (at: string): string =>
      new Date(nextTime(schedule, now.zone, Date.parse(at)) ?? 0).toISOString();
    const gap = '2027-03-28T01:00:00.000Z';
    expect(nextAfter('2027-03-27T12:00:00Z')).toBe(gap);
    const march = { ...now, at: Date.parse('2027-03-27T12:00:00Z') };
    for (const words of ['2027-03-28 02:30', 'tomorrow 2:30', 'tomorrow 3:00'])
      expect(scheduleOf(words, march)).toEqual({ kind: 'once', at: Date.parse(gap) });
    expect(nextAfter('2026-10-25T00:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(nextAfter('2026-10-25T00:31:00Z')).toBe('2026-10-26T01:30:00.000Z');
  });
});
