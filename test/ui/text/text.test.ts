import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { outsideLine, outsideLines } from '../../../src/ui/text/outside.ts';
import { shellLine } from '../../../src/ui/text/quote.ts';
import { paint, plain, row, span, widthOf } from '../../../src/ui/text/spans.ts';
import { clip, wrap } from '../../../src/ui/text/wrap.ts';
import { wrapRow } from '../../../src/ui/text/wrap-row.ts';

describe('a command on a card', () => {
  it('reads as somebody would type it', () => {
    expect(shellLine(['git', 'commit', '-m', "it's done", ''])).toBe(
      String.raw`git commit -m 'it'\''s done' ''`,
    );
  });

  it('means the same words to a shell', () => {
    const word = fc.string({ maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const read = execFileSync('sh', ['-c', `printf '%s\\0' ${shellLine(words)}`], {
          encoding: 'utf8',
        });
        expect(read).toBe(words.map((text) => `${text}\0`).join(''));
      }),
      { numRuns: 40 },
    );
  });
});

describe('wrapping', () => {
  it('loses nothing and stays within the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 8, max: 40 }),
        (text, width) => {
          const rows = wrap(text, width);
          expect(rows.join('')).toBe(text.replaceAll('\n', ''));
          for (const line of rows) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('breaks after a space where one is near', () => {
    expect(wrap('one two three', 9)).toEqual(['one two ', 'three']);
  });

  it('breaks wide letters by their columns', () => {
    expect(wrap('日本語', 4)).toEqual(['日本', '語']);
  });
});

describe('a row that is printed', () => {
  it('is broken between words, and goes on below what is said', () => {
    const said = [span('atom ', 'strong'), span('These work as they are.')];
    expect(wrapRow(said, 16)).toEqual([
      [span('atom ', 'strong'), span('These work ')],
      [span('     '), span('as they ')],
      [span('     '), span('are.')],
    ]);
  });

  it('loses nothing and stays within the width', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 120 })
      .map((t) => t.replaceAll('\n', ' '));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 20, max: 40 }), (first, second, columns) => {
        const rows = wrapRow([span(first, 'strong'), span(second)], columns);
        for (const line of rows) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        const [head, ...others] = rows.map(plain);
        expect([head, ...others.map((line) => line.slice(5))].join('')).toBe(first + second);
      }),
    );
  });
});

describe('status words', () => {
  it('say that something is missing', () => {
    expect(clip('telegram ready', 9)).toBe('telegram…');
    expect(clip('short', 9)).toBe('short');
  });
});

describe('what others wrote', () => {
  it('cannot begin like a card of atom', () => {
    expect(outsideLines('▌ APPROVAL zzzz\n ▌▌ y once\n\t▌ x')).toEqual([
      ' APPROVAL zzzz',
      ' y once',
      ' x',
    ]);
    expect(outsideLine('▌ APPROVAL')).toBe(' APPROVAL');
  });

  it('cannot place a bar at the beginning of a row by filling the row before', () => {
    expect(outsideLine(`${'x'.repeat(78)} ▌ APPROVAL`)).not.toContain('▌');
  });

  it('cannot move the cursor, colour anything or hide', () => {
    expect(outsideLine('a\u001B[2Jb\u202Ec\u200Bd')).toBe('a⟦U+001B⟧[2Jb⟦U+202E⟧c⟦U+200B⟧d');
  });
});

describe('colours', () => {
  it('are left out where none are wanted, the words stay', () => {
    expect(paint([span('LOW', 'good'), span(' x')], 'none')).toBe('LOW x');
    expect(paint(row('LOW', 'good'), 'dark')).toContain('\u001B[38;5;77m');
  });

  it('never hide the cursor', () => {
    expect(paint(row(' ', 'cursor'), 'none')).toContain('\u001B[7m');
  });
});
