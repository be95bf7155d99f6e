import { expect, it } from 'vitest';
import { typedCommand } from '../../src/domain/typed-command.ts';

it.each([
  ['git status', { argv: ['git', 'status'] }],
  [`  grep -r '$HOME|*' "a b"`, { argv: ['grep', '-r', '$HOME|*', 'a b'] }],
  ['ls | wc', { line: 'ls | wc' }],
  ['ls *.c', { line: 'ls *.c' }],
  ['echo $A', { line: 'echo $A' }],
  ['ls > x', { line: 'ls > x' }],
  ['A=1 ls', { line: 'A=1 ls' }],
  ['A=1', { line: 'A=1' }],
  ['! ls', { line: '! ls' }],
  ['ls; pwd', { line: 'ls; pwd' }],
  ['( ls )', { line: '( ls )' }],
])('“%s” is one command where it can be, and a line where it must', (text, expected) => {
  expect(typedCommand(text)).toEqual(expected);
});

it.each([
  ['', 'no command'],
  ['ls &', 'Position 4'],
  ["echo 'open", 'Position 6'],
  ['ls \u202e', 'Position 4'],
  ['f() { ls; }', 'Position 2'],
])('“%s” is refused with its position', (text, words) => {
  expect(() => typedCommand(text)).toThrow(words);
});
