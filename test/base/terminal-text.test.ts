import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalLine, terminalText } from '../../src/base/terminal-text.ts';

const ESC = '\u001b';

describe('what a terminal would show', () => {
  it.each([
    ['colours', `${ESC}[1;31merror${ESC}[0m: no`, 'error: no'],
    ['a window title', `${ESC}]0;evil title\u0007done`, 'done'],
    [
      'a link, which ends with ST',
      `${ESC}]8;;https://x.example${ESC}\\text${ESC}]8;;${ESC}\\`,
      'text',
    ],
    ['a device string', `a${ESC}Pq#0;2;0;0;0${ESC}\\b`, 'ab'],
    ['one-character escapes', `${ESC}7${ESC}=a${ESC}(Bb${ESC}8`, 'ab'],
    ['8-bit sequences', '\u009b31mred\u009b0m \u009d0;title\u009cx', 'red x'],
    ['a sequence that is cut off', `text${ESC}[3`, 'text'],
  ])('has no %s', (_, raw, shown) => {
    expect(terminalLine(raw)).toBe(shown);
  });

  it('reads a progress bar as it was drawn last', () => {
    expect(terminalText('10%\r 50%\r100%\ndone\r\n')).toBe('100%\ndone\n');
    expect(terminalText(`fetching packages\r${ESC}[Kdone\n`)).toBe('done\n');
    expect(terminalText(`fetching\r${ESC}[2Kok`)).toBe('ok      ');
    expect(terminalText('abcdef\rxy')).toBe('xycdef');
  });

  it('applies backspaces, as man pages and spinners use them', () => {
    expect(terminalText('N\bNA\bAM\bME\bE')).toBe('NAME');
    expect(terminalText('|\b/\b-\bx')).toBe('x');
    expect(terminalText('\b\ba')).toBe('a');
  });

  it('leaves what only pretends to be a sequence for everybody to see', () => {
    const endless = `${ESC}]0;${'x'.repeat(5000)}\u0007`;
    expect(terminalLine(endless)).toContain(ESC);
    expect(terminalText(`${ESC}]0;title\nnext line`)).toBe('\nnext line');
  });

  it('never changes a text without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replaceAll(/[\p{Cc}]/gu, '');
        expect(terminalText(plain)).toBe(plain);
      }),
    );
  });

  it('leaves nothing that moves a cursor, whatever was printed', () => {
    const noise = fc.array(
      fc.constantFrom(ESC, '[', ']', 'K', '2', ';', '\r', '\b', 'a', '\u0007', '\\', '\u009b', 'm'),
    );
    fc.assert(
      fc.property(noise, (parts) => {
        expect(terminalLine(parts.join(''))).not.toMatch(/[\r\b]/);
      }),
    );
  });
});
