import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../src/channels/markdown.ts';

/** Each mark as the words that it is on. */
const marked = (source: string): readonly string[] => {
  const { text, marks } = readMarkdown(source);
  return marks.map((mark) => {
    const more = 'url' in mark ? ` ${mark.url}` : 'language' in mark ? ` ${mark.language}` : '';
    return `${mark.kind}${more}: ${text.slice(mark.from, mark.to)}`;
  });
};
const shown = (source: string): string => readMarkdown(source).text;

describe('Markdown', () => {
  test('becomes words with marks, the outer ones first', () => {
    const source =
      '# To **do**\n\n*a* ~~b~~ `c` [d *e*](https://x.example/?a=1&b=2) \\*f\\* &lt;g&gt;';
    expect(shown(source)).toBe('To do\n\na b c d e *f* <g>');
    expect(marked(source)).toEqual([
      'heading: To do',
      'bold: do',
      'italic: a',
      'strike: b',
      'code: c',
      'link https://x.example/?a=1&b=2: d e',
      'italic: e',
    ]);
  });

  test('keeps lists inside each other, their numbers and their boxes', () => {
    const source = '- a\n  - b\n    3. c\n    4. d\n\n       more of d\n- [x] done\n- [ ] to do';
    expect(shown(source)).toBe(
      '• a\n  • b\n    3. c\n    4. d\n\n       more of d\n• ☑ done\n• ☐ to do',
    );
  });

  test('keeps quotes inside each other, and code as it is', () => {
    expect(marked('> a\n> > b\n\n```ts title\n  if (a < b) *c*;\n\n```')).toEqual([
      'quote: a\nb',
      'quote: b',
      'block ts:   if (a < b) *c*;',
    ]);
    expect(marked('1. a\n   ```\n   b\n     c\n   ```')).toEqual(['block: b\n  c']);
  });

  test('shows a table as lines of letters below each other', () => {
    const source = '| Name | Amount |\n|:---|---:|\n| tea | 1 |\n| 日本 | **22** |';
    expect(marked(source)).toEqual([
      'block: Name  Amount\n────  ──────\ntea        1\n日本  **22**',
    ]);
    const wide = `|a|b|\n|-|-|\n|${'x'.repeat(900)}|b|\n${'|a|b|\n'.repeat(100)}`;
    expect(shown(wide)).toBe(wide.trimEnd());
  });

  test.each([
    '[a](javascript:alert(1))',
    '[a](data:text/html,b)',
    '[a](tg://user?id=1)',
    '[a](/etc/passwd)',
    '[a](https://bank.example@evil.example)',
    '[https://bank.example](https://evil.example)',
    '[bank.example/login](https://evil.example)',
    '[**bank.example**](https://evil.example)',
    '[`bank.example`](https://evil.example)',
    '[bank\\.example](https://evil.example)',
    '[bank.example:443](https://evil.example)',
    '[“bank.example”.](https://evil.example)',
    '[bank.ex\u200bample\u2060](https://evil.example)',
    '[bank。example](https://evil.example)',
    '[see https://bank.example now](https://evil.example)',
    '<b>a</b> <script>b</script>',
    '<a href="https://evil.example">a</a>',
    '<!-- a -->\n\n<div>\n\nb\n\n</div>',
    '[a]: https://x.example\n[a]',
    'tg://resolve?domain=a',
  ])('leaves %s as it was written', (source) => {
    expect(shown(source)).toBe(source);
    for (const mark of marked(source)) expect(mark).toMatch(/^link (\S+?)\/?: \1/);
  });

  test.each([
    ['https://x.example', 'link https://x.example/: https://x.example'],
    ['[](https://x.example)', 'link https://x.example/: https://x.example/'],
    ['[x.example](https://x.example/a)', 'link https://x.example/a: x.example'],
    ['[read.me](https://x.example/a/read.me)', 'link https://x.example/a/read.me: read.me'],
    ['![a cat](http://x.example/cat)', 'link http://x.example/cat: a cat'],
    ['dana@x.example', 'link mailto:dana@x.example: dana@x.example'],
  ])('makes a link of %s', (source, expected) => {
    expect(marked(source)).toEqual([expected]);
  });

  test('is shown as it was written where nothing would be left of it', () => {
    for (const source of ['', '#', ' \n ', '**']) expect(shown(source)).toBe(source);
  });
});

describe('hostile Markdown', () => {
  const MOST = 8192;
  const filled = (piece: string): string => piece.repeat(MOST / piece.length + 1).slice(0, MOST);
  const columns = `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'a\n'.repeat(2000)}`;

  test.each(['>', '> ', '* a\n', '1. ', '>- ', '- > ', '[', '![', '[a](', '***a** ', '*a', 'a*b_'])(
    'such as %s again and again is read to the end',
    (piece) => {
      const source = filled(piece);
      expect(readMarkdown(source).text.length).toBeGreaterThan(MOST / 4);
    },
  );

  test('gets no table of more columns than a screen has, and no more depth than a reader', () => {
    expect(readMarkdown(columns)).toEqual({ text: columns.trimEnd(), marks: [] });
    expect(marked(`${'> '.repeat(40)}a`)).toHaveLength(8);
  });

  test('is not read at all where it is longer than any message', () => {
    const text = `**${'a'.repeat(MOST)}**`;
    expect(readMarkdown(text)).toEqual({ text, marks: [] });
  });

  const signs = fc.constantFrom(
    ...[
      '*',
      '**',
      '_',
      '~~',
      '`',
      '```\n',
      '~~~',
      '[a](',
      ')',
      '](http://b.c)',
      '![',
      '<b>',
      '&lt;',
    ],
    ...[
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '    ',
      '# ',
      '|',
      '\n|-|-|\n',
      '---',
      '\\',
      'word',
      '😀',
      ' ',
    ],
    ...['www.x.example', 'a@b.example', '- [x] ', '\t', '\r\n', '\u0000', '\ud83d'],
  );
  const texts = fc.array(signs, { maxLength: 120 }).map((all) => all.join(''));

  test('never throws; its marks are of something and lie inside each other or apart', () => {
    fc.assert(
      fc.property(texts, (source) => {
        const { text, marks } = readMarkdown(source);
        const open: number[] = [];
        let before = 0;
        for (const { from, to } of marks) {
          expect(from).toBeGreaterThanOrEqual(before);
          expect(to).toBeGreaterThan(from);
          while (open.length > 0 && (open.at(-1) ?? 0) <= from) open.pop();
          expect(to).toBeLessThanOrEqual(open.at(-1) ?? text.length);
          open.push(to);
          before = from;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('loses no word', () => {
    const words = (text: string): number => text.split('word').length;
    fc.assert(
      // What stands beside a fence says what the code is written in, and is not shown.
      fc.property(texts, (signs) => {
        const source = signs.replaceAll('~~~', '');
        expect(words(shown(source))).toBeGreaterThanOrEqual(words(source));
      }),
      { numRuns: 500 },
    );
  });
});
