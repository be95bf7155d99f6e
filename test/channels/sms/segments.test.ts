import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomInSegments, segmentsOf } from '../../../src/channels/sms/segments.ts';

it.each([
  ['', 1],
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  // Two septets each.
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  // One that would lie across the border moves on, and takes a place more.
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
  ['ж'.repeat(70), 1],
  ['ж'.repeat(71), 2],
  // One curly quote makes the whole dearer.
  [`’${'a'.repeat(69)}`, 1],
  [`’${'a'.repeat(70)}`, 2],
  // Two units each, and never apart: 33 of them in a segment of 67 units.
  ['😀'.repeat(35), 1],
  ['😀'.repeat(66), 2],
  ['😀'.repeat(67), 3],
])('counts the segments of %j', (text, count) => {
  expect(segmentsOf(text)).toBe(count);
});

it('fits as much of a text as so many segments hold, and no half of a character', () => {
  const letters = fc.constantFrom('a', '€', '\n', 'ж', '😀', '{');
  fc.assert(
    fc.property(
      fc.string({ unit: letters, maxLength: 400 }),
      fc.integer({ min: 1, max: 3 }),
      (text, most) => {
        const room = roomInSegments(text, most);
        const start = text.slice(0, room);
        expect(start.isWellFormed()).toBe(true);
        if (room === text.length) expect(segmentsOf(text)).toBeLessThanOrEqual(most);
        else expect(segmentsOf(text)).toBeGreaterThan(most);
        // A start of plain letters may be of the cheaper kind.
        expect(segmentsOf(start)).toBeLessThanOrEqual(most);
      },
    ),
  );
});
