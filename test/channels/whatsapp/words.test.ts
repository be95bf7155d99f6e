import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMarkdown } from '../../../src/channels/markdown.ts';
import { MOST_WORDS } from '../../../src/channels/whatsapp-words/most.ts';
import { wordsOf } from '../../../src/channels/whatsapp-words/words.ts';
import { shownByPhone } from '../../peers/whatsapp/phone.ts';

const markdown = (text: string) => wordsOf({ text, format: 'markdown' });
const signs = fc
  .array(
    fc.constantFrom(...['a', 'b', '1', ' ', '\n', '*', '**', '_', '~', '`', '```', '>', '\\', '-']),
    {
      maxLength: 24,
    },
  )
  .map((parts) => parts.join(''));
/** A backquote may be another sign, and spaces at the end of a line be gone. */
const alike = (text: string) => text.replaceAll('`', '‵').replace(/ +$/gm, '');

it.each([
  ['**bold** and *it* and ~~no~~', '*bold* and _it_ and ~no~'],
  ['# Title\n\ntext', '*Title*\n\ntext'],
  ['run `rm *` now', 'run `rm *` now'],
  ['```sh\nls *\n```', '```\nls *\n```'],
  ['> said\n> twice', '> said\n> twice'],
  [
    '[site](https://a.example/x) <https://a.example/x>',
    'site (https://a.example/x) https://a.example/x',
  ],
  ['snake_case_name and 2 * 3', 'snake_case_name and 2 * 3'],
  ['\\*not bold\\* in *.ts', '`*not` `bold*` in `*.ts`'],
  ['in**side**word', 'insideword'],
  ['**two\nlines**', '*two*\n*lines*'],
])('shows the Markdown %j as %j', (text, shown) => {
  expect(markdown(text)).toBe(shown);
});

it('shows words that are no Markdown sign by sign, so that a card hides nothing of a command', () => {
  const text = 'May I run: rm -rf *foo* `x`?\n> quoted\nplain 2*3';
  expect(shownByPhone(text)).not.toBe(text);
  expect(shownByPhone(wordsOf({ text }))).toBe(text);
  fc.assert(
    fc.property(signs, (any) => {
      expect(alike(shownByPhone(wordsOf({ text: any })))).toBe(alike(any));
    }),
    { numRuns: 500, seed: 7 },
  );
});

it('lets nothing in a reply act as a mark that it is not', () => {
  fc.assert(
    fc.property(signs, (any) => {
      const shown = shownByPhone(markdown(any));
      expect(letters(shown)).toBe(letters(readMarkdown(any).text));
    }),
    { numRuns: 500, seed: 7 },
  );
});

it('stays within a message, whatever is in it', () => {
  for (const text of ['*a* '.repeat(1100), '`\n'.repeat(2200), '\\*\n'.repeat(1400)])
    for (const format of ['markdown', undefined] as const) {
      const cut = text.slice(0, MOST_WORDS);
      const words = wordsOf({ text: cut, ...(format === undefined ? {} : { format }) });
      expect(words.length).toBeLessThanOrEqual(4096);
    }
});

/** Everything but spaces, and what quotes are shown by. */
const letters = (text: string): string => alike(text).replace(/\s/g, '');
