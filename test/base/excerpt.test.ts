import { expect, it } from 'vitest';
import { excerpt } from '../../src/base/excerpt.ts';

it('is short, and holds no half of a secret', () => {
  expect(excerpt('all of it', 20)).toBe('all of it');
  expect(excerpt('a text of many words', 10)).toBe('a text of…');
  expect(excerpt('say token=abcdefghijklmnop again', 20)).toBe('say token=[secret] …');
});
