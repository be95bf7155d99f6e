import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemaWords } from '../../src/base/schema-words.ts';

const schema = z.strictObject({
  when: z.string().min(1),
  text: z.string().max(2000),
  parts: z.array(z.object({ text: z.string() })).min(1),
  many: z.int().min(2).max(10),
  does: z.enum(['ask', 'say']),
  name: z.string().regex(/^a/, 'a name that begins with a'),
  id: z.string().regex(/^a/).or(z.literal('')).optional(),
});

const good = {
  when: 'x',
  text: '',
  parts: [{ text: '' }],
  many: 2,
  does: 'ask',
  name: 'a',
};

test.each([
  [{ when: '' }, '"when" is empty.'],
  [{ when: undefined }, '"when" is missing.'],
  [{ when: 3 }, '"when" has to be a text.'],
  [{ text: 'x'.repeat(2001) }, '"text" is longer than 2,000 characters.'],
  [{ parts: [] }, '"parts" is empty.'],
  [{ parts: [{ text: 4 }] }, '"parts.0.text" has to be a text.'],
  [{ many: 1 }, '"many" has to be at least 2.'],
  [{ many: 11 }, '"many" has to be at most 10.'],
  [{ many: 2.5 }, '"many" has to be a whole number.'],
  [{ does: 'sing' }, '"does" has to be "ask" or "say".'],
  [{ name: 'b' }, '"name" is wrong: a name that begins with a.'],
  [{ id: 'b' }, '"id" is not written as it has to be.'],
  [{ more: 1 }, 'It has nothing called "more".'],
  [{ when: '', does: 1 }, '"when" is empty. "does" has to be "ask" or "say".'],
])('%j is wrong in words', (given, words) => {
  const { error } = schema.safeParse({ ...good, ...given });
  expect(error && schemaWords(error)).toBe(words);
});

test('says of nothing at all that it is missing', () => {
  const { error } = schema.safeParse(undefined);
  expect(error && schemaWords(error)).toBe('It is missing.');
});
