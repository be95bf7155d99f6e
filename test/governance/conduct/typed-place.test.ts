import { expect, it } from 'vitest';
import { isTyped } from '../../../src/governance/conduct/typed-place.ts';

it.each([
  ['/srv/erik/e.txt', 'send me /srv/erik/e.txt.'],
  ['/srv/erik/e.txt', 'send ../erik/e.txt!'],
  ['/srv/erik/e.txt', 'send “./../erik/e.txt”'],
  ['/home/erik/e.txt', 'look at ~/e.txt?'],
  ['/root/e.txt', '~/e.txt'],
])('%s is typed by: %s', (place, typed) => {
  expect(isTyped(place, typed)).toBe(true);
});

it.each([
  ['/root/secret/README.md', 'look at ./README.md'],
  ['/etc/passwd', 'look at ~/passwd'],
  ['/srv/erik/e.txt', 'send e.txt'],
  ['/srv/erik/e.txt.bak', 'send ../erik/e.txt'],
  ['/srv/erik/e.txt', '../ and ~/'],
  ['', 'anything'],
])('%s is not typed by: %s', (place, typed) => {
  expect(isTyped(place, typed)).toBe(false);
});

it('what is longer than any path is typed by nobody, and nothing fails over it', () => {
  expect(isTyped(`/${'a'.repeat(40_000)}`, 'a')).toBe(false);
  expect(isTyped('/srv/x', `../${'!'.repeat(65_000)}x ../x`)).toBe(true);
});
