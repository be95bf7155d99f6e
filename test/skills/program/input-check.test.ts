import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { inputCheck } from '../../../src/skills/program/input-check.ts';

const accepts = (schema: Json, input: Json): boolean => {
  const check = inputCheck(schema);
  try {
    check(input);
    return true;
  } catch {
    return false;
  }
};

const keys = ['a', 'b', 'c'] as const;
const { schema: anySchema } = fc.letrec<{ schema: Json; object: Json }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>({}, { type: 'boolean' }, { type: 'null' }, { enum: [1, 'x', null] }),
    fc.constantFrom<Json>(
      { const: 'x' },
      { type: 'string', enum: ['x', 'y'] },
      { $ref: '#/$defs/d' },
    ),
    fc.record({ type: fc.constant('string'), minLength: fc.nat(2), maxLength: fc.nat(3) }),
    fc.record({
      type: fc.constantFrom('number', 'integer'),
      minimum: fc.nat(2),
      exclusiveMaximum: fc.nat(4),
    }),
    fc.constant<Json>({ type: ['string', 'null'], title: 'T', default: 5, format: 'email' }),
    fc.record({
      type: fc.constant('array'),
      items: tie('schema'),
      maxItems: fc.nat(2),
      uniqueItems: fc.boolean(),
    }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    tie('object'),
  ) as fc.Arbitrary<Json>,
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...keys), tie('schema')),
      additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      needs: fc.subarray([...keys]),
    })
    .map(({ needs, ...rest }) => ({
      type: 'object',
      ...rest,
      required: needs.filter((key) => key in (rest.properties as object)),
    })) as fc.Arbitrary<Json>,
}));
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>('x', 'y', 'xyz', '', 0, 1, 2.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value')),
  ) as fc.Arbitrary<Json>,
}));

const withDefs = ($defs: Json): Json => ({
  type: 'object',
  properties: { a: { $ref: '#/$defs/a' } },
  $defs,
});

/** Definitions that each name the next one twice. */
const doubled = (count: number, key: string): Json => ({
  ...Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const next = { $ref: `#/$defs/${'a'.repeat(at + 2)}` };
      return ['a'.repeat(at + 1), { [key]: [next, next] }];
    }),
  ),
  ['a'.repeat(count + 1)]: { type: 'null' },
});

describe('the check of a program’s input', () => {
  it('says what another reader of JSON Schema says, of every schema that it takes', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const run = (schema: Json, input: Json) => {
      const whole = { ...(schema as object), $defs: { d: { type: 'integer' } } };
      expect(accepts(whole, input)).toBe(ajv.compile(structuredClone(whole))(input));
    };
    fc.assert(fc.property(anySchema, anyValue, run), { numRuns: 150, seed: 7 });
  });

  it.each<[string, Json]>([
    ['required', { type: 'object', properties: {}, required: ['a'] }],
    ['"minLength" is not checked', { type: 'object', properties: { a: { minLength: 2 } } }],
    ['"pattern"', { type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } }],
    ['"if"', { type: 'object', if: {} }],
    ['at /properties/a, "not"', { type: 'object', properties: { a: { not: { type: 'null' } } } }],
    ['"multipleOf"', { type: 'object', properties: { a: { type: 'number', multipleOf: 0.1 } } }],
    ['no type "text"', { type: 'object', properties: { a: { type: 'text' } } }],
    [
      'cannot stand beside',
      { type: 'object', properties: { a: { $ref: '#/$defs/b', enum: [1] } } },
    ],
    ['lead to one of "$defs"', { type: 'object', properties: { a: { $ref: 'http://x/y' } } }],
    ['Reference not found', { type: 'object', properties: { a: { $ref: '#/$defs/no' } } }],
    ['from "a" back to it', withDefs({ a: { $ref: '#/$defs/a' } })],
    [
      'from "a" back to it',
      withDefs({ a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { allOf: [{ $ref: '#/$defs/a' }] } }),
    ],
    ['more than 2000 schemas', withDefs(doubled(11, 'allOf'))],
    ['of its own type', { type: 'object', properties: { a: { type: 'string', enum: [1] } } }],
    ['a schema is an object', { type: 'object', properties: { a: 5 } }],
    ['names nothing', JSON.parse('{"type":"object","properties":{"__proto__":{}}}') as Json],
  ])('is refused where it would not hold: %s', (words, schema) => {
    expect(() => inputCheck(schema)).toThrow(words);
  });

  it('may lead to the same definition more than once', () => {
    expect(accepts(withDefs(doubled(5, 'anyOf')), { a: null })).toBe(true);
    expect(accepts(withDefs(doubled(5, 'anyOf')), { a: 1 })).toBe(false);
  });

  it('says in words what is wrong', () => {
    const check = inputCheck({ type: 'object', properties: { n: { type: 'integer' } } });
    expect(() => check({ n: 'x' })).toThrow('The input is wrong: "n" has to be a number.');
  });
});
