import { expect, test } from 'vitest';
import {
  type NoticeEvent,
  type NoticeHours,
  noticeText,
  tellAt,
  unknownFields,
} from '../../src/domain/notice.ts';

const night = { quiet: { from: '22:00', to: '07:00' } };
const noon = { quiet: { from: '12:00', to: '13:30' } };
type Row = [string, NoticeHours, NoticeEvent, string, string];

test.for<Row>([
  ['by day', { ...night, zone: 'UTC' }, 'budget', '2026-06-01T12:00Z', '2026-06-01T12:00Z'],
  ['late', { ...night, zone: 'UTC' }, 'budget', '2026-06-01T22:00Z', '2026-06-02T07:00Z'],
  ['early', { ...night, zone: 'UTC' }, 'budget', '2026-06-01T06:59Z', '2026-06-01T07:00Z'],
  ['as it ends', { ...night, zone: 'UTC' }, 'budget', '2026-06-01T07:00Z', '2026-06-01T07:00Z'],
  ['at noon', { ...noon, zone: 'UTC' }, 'budget', '2026-06-01T12:00Z', '2026-06-01T13:30Z'],
  [
    'of another zone',
    { ...night, zone: 'America/New_York' },
    'budget',
    '2026-06-01T03:00Z',
    '2026-06-01T11:00Z',
  ],
  [
    'when clocks go forward',
    { ...night, zone: 'Europe/Berlin' },
    'budget',
    '2026-03-28T23:00Z',
    '2026-03-29T05:00Z',
  ],
  ['panic at night', { ...night, zone: 'UTC' }, 'panic', '2026-06-01T23:00Z', '2026-06-01T23:00Z'],
  [
    'a bad record at night',
    { ...night, digest: '08:00', zone: 'UTC' },
    'record',
    '2026-06-01T23:00Z',
    '2026-06-01T23:00Z',
  ],
  [
    'a locked factor',
    { digest: '08:00', zone: 'UTC' },
    'factor',
    '2026-06-01T09:00Z',
    '2026-06-01T09:00Z',
  ],
  [
    'before the digest',
    { digest: '08:00', zone: 'UTC' },
    'budget',
    '2026-06-01T07:59Z',
    '2026-06-01T08:00Z',
  ],
  [
    'after the digest',
    { digest: '08:00', zone: 'UTC' },
    'budget',
    '2026-06-01T08:00Z',
    '2026-06-02T08:00Z',
  ],
  [
    'hours of no length',
    { quiet: { from: '08:00', to: '08:00' }, zone: 'UTC' },
    'budget',
    '2026-06-01T08:00Z',
    '2026-06-01T08:00Z',
  ],
])('%s it is told when its owner wants to hear it', ([, hours, event, at, told]) => {
  const due = tellAt(hours, event, Date.parse(at));
  expect(new Date(due).toISOString()).toBe(new Date(told).toISOString());
});

test('a template says what happened, and nothing that happened is a template', () => {
  const when = { at: Date.parse('2026-06-01T22:05Z'), zone: 'Europe/Berlin' };
  const happening = {
    kind: 'job.failed',
    text: 'It said {agent} $& {time}',
    agent: 'writer',
  } as const;
  expect(noticeText('{time} {event} of {agent}: {text}', happening, when)).toBe(
    '2026-06-02 00:05 job.failed of writer: It said {agent} $& {time}',
  );
  expect(noticeText('{agent}', { kind: 'panic', text: '' }, when)).toBe('atom');
  expect(unknownFields('{text} {secret} {}')).toEqual(['secret', '']);
});
