import { expect, it } from 'vitest';
import { cutMiddle } from '../../src/base/cut-middle.ts';
import { createLastWords } from '../../src/base/last-words.ts';
import { redactOutput } from '../../src/base/redact.ts';

const KEY = `sk-${'k'.repeat(40)}`;

it('a text that is cut in the middle says how much is missing', () => {
  expect(cutMiddle('abcdef', 6)).toBe('abcdef');
  expect(cutMiddle('abcdefgh', 4)).toBe('ab\n… 4 characters left out …\ngh');
  // It was longer, and was cut before.
  expect(cutMiddle('abcdefgh', 4, { whole: 20 })).toBe('ab\n… 16 characters left out …\ngh');
});

it('a text that is cut in the middle holds no half of a secret, wherever the cut falls', () => {
  const [before, after] = ['a '.repeat(100), ' b'.repeat(100)];
  for (let most = 60; most < 420; most += 20) {
    const told = cutMiddle(`${before}${KEY}${after}`, most);
    expect(told).not.toContain('kk');
    const told2 = cutMiddle(`${before}${KEY} ${'c '.repeat(60)}${KEY}${after}`, most);
    expect(told2).not.toContain('kk');
  }
});

it('of what is only named like a secret, code keeps its names', () => {
  const text = `token = nextToken ${'x '.repeat(50)}`;
  expect(cutMiddle(text, 60)).toContain('token = [secret]');
  expect(cutMiddle(text, 60, { safe: redactOutput([]) })).toContain('token = nextToken');
});

it('the last words of a program hold no half of a secret, wherever they begin', () => {
  const known = `own ${'Zq9 '.repeat(10)}end`.replaceAll(' ', '-');
  for (let after = 0; after < 3000; after += 7) {
    const words = createLastWords(500, redactOutput([known]));
    words.add('early '.repeat(800));
    words.add(`${KEY} ${known}`);
    words.add('.'.repeat(after));
    expect(words.text()).not.toMatch(/kk|Zq9/);
    expect(words.text().length).toBeLessThanOrEqual(500);
  }
});

it('the last words of a program that says little are all of them', () => {
  const words = createLastWords(500, redactOutput([]));
  words.add('it cannot ');
  words.add('start\n');
  expect(words.text()).toBe('it cannot start\n');
});
