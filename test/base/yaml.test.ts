import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../src/base/json.ts';
import { yaml } from '../../src/base/yaml.ts';

test('lists and objects are blocks, and whatever they hold is in quotes', () => {
  const value = { name: 'no', list: ['a: b', { deep: [1, true, null] }], none: {}, on: [] };
  expect(yaml(value)).toBe(
    [
      'name: "no"',
      'list:',
      '  - "a: b"',
      '  - deep:',
      '      - 1',
      '      - true',
      '      - null',
      'none: {}',
      '"on": []',
      '',
    ].join('\n'),
  );
});

test('a reader of YAML gets back any value, whatever its texts look like', () => {
  const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
  fc.assert(
    fc.property(json, (value) => {
      // Zero has one sign in JSON.
      const plain = JSON.parse(JSON.stringify(value)) as Json;
      expect(parse(yaml(plain), { merge: false })).toEqual(plain);
    }),
  );
});

test('nothing in it is invisible', () => {
  expect(yaml('a\u202eb\u{e0041}\u2028\u007f')).toBe('"a\\u202eb\\U000e0041\\u2028\\u007f"\n');
});
