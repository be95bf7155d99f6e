import { expect, it } from 'vitest';
import { matchesPath, reachesBelow } from '../../src/domain/path-pattern.ts';

it.each([
  ['notes/**', 'notes/a/b.md', true],
  ['notes/**', 'notes', true],
  ['notes/**', 'notes2/a', false],
  ['**/*.md', 'a/b/c.md', true],
  ['**/*.md', 'c.md', true],
  ['*.md', 'a/c.md', false],
  ['*.md', '.md', true],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['**', 'anything/at/all', true],
  ['*', '.', false],
  ['[ab].md', 'a.md', false],
  ['(a+)+$', 'aaaa', false],
  ['{a,b}', 'a', false],
  ['A.md', 'a.md', false],
  ['', 'a', false],
] as const)('%s names %s: %s', (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected);
});

it.each([
  ['notes/*.md', 'notes', true],
  ['notes/*.md', '.', true],
  ['notes/*.md', 'notes/deep', false],
  ['notes/**', 'notes/deep/er', true],
  ['notes/a.md', 'letters', false],
  ['notes', 'notes', false],
] as const)('%s may name something below %s: %s', (pattern, folder, expected) => {
  expect(reachesBelow(pattern, folder)).toBe(expected);
});

it('needs no time for patterns made to take it', () => {
  expect(matchesPath(`${'*a'.repeat(200)}b`, 'a'.repeat(250))).toBe(false);
  expect(matchesPath(`${'**/'.repeat(100)}x`, 'a/'.repeat(300))).toBe(false);
});
