import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLine } from '../../src/base/json-line.ts';

test('a line of JSON shows what would hide or reorder it', () => {
  expect(jsonLine({ a: 'x\u202ey\u009b2J\u2028\u{e0041}' })).toBe(
    '{"a":"x\\u202ey\\u009b2J\\u2028\\udb40\\udc41"}',
  );
});

test('a line of JSON reads back as what was written', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
      const value: unknown = JSON.parse(text);
      expect(JSON.parse(jsonLine(value))).toEqual(value);
      expect(jsonLine(value)).not.toMatch(/[\u007f-\u009f\p{Cf}\u2028\u2029\n]/u);
    }),
  );
});
