import { describe, expect, it } from 'vitest';
import { hintFor, START_ANEW } from '../../src/base/hint.ts';
import { shellWord } from '../../src/base/shell-word.ts';
import { summaryOf } from '../../src/cli/audit/summary.ts';
import { clipped } from '../../src/cli/out/table.ts';

describe('a next step', () => {
  it.each([
    ['atom doctor', 'atom -p other doctor'],
    ['Start it:   atom start', 'Start it:   atom -p other start'],
    ['atom stop, then atom start', 'atom -p other stop, then atom -p other start'],
    ['Mend it:   atom config set a 1   or   atom config unset a', undefined],
    [
      `Then:   ${START_ANEW}`,
      'Then:   atom -p other restart (without a service: atom -p other stop, then atom -p other start)',
    ],
    ['Set it up (then atom stop and atom start)', undefined],
    ['Try it:   atom stop, atom start, atom notify test a', undefined],
    ['Set it up (atom init --yes).', 'Set it up (atom -p other init --yes).'],
  ])('names the profile in “%s”', (line, expected) => {
    const said = hintFor('other', line);
    expect(said.match(/atom -p other [a-z]/g)).toHaveLength(line.match(/atom [a-z]/g)?.length ?? 0);
    if (expected !== undefined) expect(said).toBe(expected);
    expect(hintFor('other', said)).toBe(said);
    expect(hintFor('default', line)).toBe(line);
  });

  it('leaves sentences about atom as they are', () => {
    for (const sentence of [
      'This atom runs as root: use an ordinary account.',
      'Free some space; atom goes on by itself.',
      'Whether they work shows once atom runs, and atom sees that it comes in.',
    ])
      expect(hintFor('other', sentence)).toBe(sentence);
  });
});

describe('an argument on the screen', () => {
  it.each([
    ['plain-1.txt', 'plain-1.txt'],
    ['my site', "'my site'"],
    ["it's", `'it'\\''s'`],
    ['$(id)', "'$(id)'"],
    ['', "''"],
    ['a\u001b[31m', "'a⟦U+001B⟧[31m'"],
    ['a\nb', "'a⏎b'"],
  ])('%j is written %s', (word, written) => {
    expect(shellWord(word)).toBe(written);
  });
});

describe('an entry of the record in words', () => {
  it.each([
    ['begun', { action: 'shell.exec', words: ['touch', 'a b'] }, "shell.exec touch 'a b'"],
    ['begun', { action: 'file.write', words: ['write notes.txt'] }, 'file.write write notes.txt'],
    ['done', { exit: 0 }, 'exit 0'],
    ['done', {}, 'done'],
    ['failed', { reason: 'stopped', message: 'by you' }, 'stopped by you'],
    ['refused', { action: 'shell.exec', message: 'No jail.' }, 'shell.exec No jail.'],
    ['approval.asked', { id: 'i', code: 'k7p2', words: ['ls'] }, 'k7p2 ls'],
    ['approval.denied', { id: 'i', by: { surface: 'telegram', id: '7' } }, 'i by telegram 7'],
    ['approval.expired', { id: 'i', by: null }, 'i'],
    [
      'jails.changed',
      { jails: [{ name: 'w', folder: '/w', mode: 'read-only' }] },
      'w (read-only, no network) /w',
    ],
    ['constructor', { a: 1 }, '{"a":1}'],
    ['begun', ['odd'], '["odd"]'],
  ])('%s %j is “%s”', (kind, body, words) => {
    expect(summaryOf({ kind, body })).toBe(words);
  });

  it('is cut to the width of the screen, however wide its signs are', () => {
    expect(clipped('abcdef', 6)).toBe('abcdef');
    expect(clipped('abcdefg', 6)).toBe('abcde…');
    expect(clipped('日本語日本語', 6)).toBe('日本…');
  });
});
