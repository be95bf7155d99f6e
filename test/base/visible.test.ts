import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHidden, unmix, visible, visibleBlock } from '../../src/base/visible.ts';

describe('text from outside', () => {
  it.each([
    ['an ANSI escape', '\u001b[2Jx', '⟦U+001B⟧[2Jx'],
    ['an 8-bit control', 'a\u009b31m', 'a⟦U+009B⟧31m'],
    ['a right-to-left override', 'a\u202eb', 'a⟦U+202E⟧b'],
    ['an isolate', 'a\u2066b\u2069', 'a⟦U+2066⟧b⟦U+2069⟧'],
    ['a zero-width space', 'a\u200bb', 'a⟦U+200B⟧b'],
    ['a byte order mark', '\ufeffa', '⟦U+FEFF⟧a'],
    ['a tag character', 'a\u{e0041}', 'a⟦U+E0041⟧'],
    ['a combining grapheme joiner', 'a\u034f', 'a⟦U+034F⟧'],
    ['a variation selector', '❤\ufe0f', '❤⟦U+FE0F⟧'],
    ['a Hangul filler', 'a\u3164b', 'a⟦U+3164⟧b'],
    ['a Braille blank', 'a\u2800b', 'a⟦U+2800⟧b'],
    ['a no-break space', 'a\u00a0b', 'a⟦U+00A0⟧b'],
    ['a line separator', 'a\u2028b', 'a⟦U+2028⟧b'],
    ['a private-use letter', 'a\ue000', 'a⟦U+E000⟧'],
    ['a carriage return', 'safe\rrm', 'safe⟦U+000D⟧rm'],
    ['a tab', 'a\tb', 'a⟦U+0009⟧b'],
    ['a newline', 'a\nb', 'a⏎b'],
    ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['a long gap', `a${' '.repeat(12)}b`, 'a⟦12 spaces⟧b'],
  ])('shows %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('keeps ordinary letters, marks and emoji as they are', () => {
    for (const text of ['Grüße, ça va?', 'नमस्ते', 'e\u0301', '日本語', '😀', "rm -rf 'x y'"]) {
      expect(visible(text)).toBe(text);
      expect(hasHidden(text)).toBe(false);
    }
  });

  it('keeps the lines of a block and nothing else that moves a cursor', () => {
    expect(visibleBlock('a\r\nb\tc\rd\u001b')).toBe('a\nb  c⟦U+000D⟧d⟦U+001B⟧');
  });

  it('never lets anything hidden through, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hasHidden(visible(text))).toBe(false);
        expect(visible(text)).not.toContain('\n');
        expect(hasHidden(visibleBlock(text))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('says that something is hidden exactly where it writes something out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3 }), (text) => {
        fc.pre(text.isWellFormed() && !/[\n⟦]/.test(text));
        expect(hasHidden(text)).toBe(visible(text) !== text);
      }),
      { numRuns: 500 },
    );
  });

  it('marks the foreign letters of a mixed word and leaves whole words alone', () => {
    expect(unmix('p\u0430ypal')).toBe('p⟦\u0430 U+0430⟧ypal');
    expect(unmix('g\u03bfogle')).toBe('g⟦\u03bf U+03BF⟧ogle');
    expect(unmix('\uff52m 1\uff12')).toBe('⟦\uff52 U+FF52⟧m 1⟦\uff12 U+FF12⟧');
    expect(unmix('привет world καλημέρα')).toBe('привет world καλημέρα');
  });
});

it('keeps whole emoji in a block, and writes out their signs where they make none', () => {
  const whole = 'a ❤️ and 👩‍💻';
  expect(visibleBlock(whole)).toBe(whole);
  expect(visibleBlock('a\u200db x\ufe0f')).toBe('a⟦U+200D⟧b x⟦U+FE0F⟧');
});
