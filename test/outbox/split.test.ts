import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/outbox/split.ts';

const bare = (text: string): string => text.replace(/\s|```/g, '');
const letters = fc.constantFrom('a', ' ', '\n', '\n\n', '😀', 'word ', '`', 'é');
const prose = fc.array(letters, { maxLength: 400 }).map((all) => all.join(''));
const withCode = fc
  .array(fc.oneof(letters, fc.constant('\n```\n')), { maxLength: 400 })
  .map((all) => all.join(''));

describe('a long text', () => {
  it('is cut into pieces that fit, of which none is empty, and loses no letter', () => {
    fc.assert(
      fc.property(fc.oneof(prose, withCode), fc.integer({ min: 2, max: 200 }), (text, most) => {
        const pieces = splitText(text, most);
        expect(pieces.length).toBeGreaterThan(0);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(most);
          expect(piece.isWellFormed()).toBe(true);
          if (bare(text) !== '') expect(piece.trim()).not.toBe('');
        }
        expect(bare(pieces.join('')).replaceAll('`', '')).toBe(bare(text).replaceAll('`', ''));
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to an end however little room there is', () => {
    for (let most = 0; most < 40; most++) {
      const text = '```\n😀 aa\n\n```bb '.repeat(5);
      expect(splitText(text, most).length).toBeGreaterThan(0);
    }
  });

  it('is left alone where it fits', () => {
    for (const text of ['', ' a\n', 'x'.repeat(20)]) expect(splitText(text, 20)).toEqual([text]);
  });

  it('loses no space but the one it was cut at', () => {
    const text = `${'a'.repeat(30)}bbb ccc ddd`;
    expect(splitText(text, 24).join('')).toBe(text);
    expect(splitText('one two three four five six', 16)).toEqual([
      'one two three',
      'four five six',
    ]);
  });

  it('is cut at a paragraph rather than at a line, and at a line rather than at a word', () => {
    expect(splitText(`${'a'.repeat(11)}\n\nb c\nd e f g`, 18)[0]).toBe('a'.repeat(11));
    expect(splitText(`${'a'.repeat(11)} b\nc d e f g h i j`, 20)[0]).toBe(`${'a'.repeat(11)} b`);
  });

  it('closes a code block that it cuts and opens it again', () => {
    const code = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
    const pieces = splitText(`before\n\`\`\`\n${code}\n\`\`\`\nafter`, 60);
    for (const piece of pieces) expect(piece.split('```').length % 2).toBe(1);
    for (let i = 0; i < 20; i++) expect(pieces.join('\n')).toContain(`line ${i}\n`);
  });

  it('is cut before a code block rather than within it, where the block fits in one piece', () => {
    const block = `\`\`\`ts\n${'code();\n'.repeat(6)}\`\`\``;
    const pieces = splitText(`${'word '.repeat(8)}\n${block}\n${'word '.repeat(8)}`, 70);
    expect(pieces).toContain(block);
  });

  it('says again what a block is written in, and knows a fence by what it began with', () => {
    const code = Array.from({ length: 9 }, (_, i) => `print(${i}) # \`\`\``).join('\n');
    const pieces = splitText(`~~~python\n${code}\n~~~\nafter`, 80);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/^~~~python\n[^~]+\n~~~$/);
    expect(pieces.at(-1)).toMatch(/^~~~python\n[^~]+\n~~~\nafter$/);
  });

  it('does not take signs within a line for a fence', () => {
    const text = `say \`\`\` aloud ${'and so on '.repeat(10)}`;
    expect(splitText(text, 60).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  it('is never nothing but white space, unless it was', () => {
    const pieces = splitText(`a${' '.repeat(100)}b`, 20);
    expect(pieces.map((piece) => piece.trim())).toEqual(['a', 'b']);
    expect(splitText(' '.repeat(100), 20)).toHaveLength(1);
  });
});
