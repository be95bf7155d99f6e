import type { Mark, RichText } from '../../domain/rich-text.ts';
import { around, asBlock, asCode, couldAct, isWordy, withoutQuotes } from './plain.ts';

/** A stretch of a text, and the marks that lie in it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
}

const SIGN: Readonly<Partial<Record<Mark['kind'], string>>> = {
  bold: '*',
  heading: '*',
  italic: '_',
  strike: '~',
};

/**
 * Words with the signs that WhatsApp shows as their marks. A word whose own signs could act is shown as code, and
 * a mark that WhatsApp could not read, as within a word or around code, is left out.
 */
export const signedWords = ({ text, marks }: RichText): string =>
  inner(text, { from: 0, to: text.length, marks });

function inner(text: string, { from, to, marks }: Stretch): string {
  let out = '';
  let at = from;
  for (const mark of marks) {
    // What lies in another was written with it.
    if (mark.from < at) continue;
    const inside = marks.filter(
      (one) => one !== mark && one.from >= mark.from && one.to <= mark.to,
    );
    out = joined(out, literal(text, at, mark.from));
    out = joined(out, marked(text, mark, { from: mark.from, to: mark.to, marks: inside }));
    at = mark.to;
  }
  return joined(out, literal(text, at, to));
}

/** Code beside code would be read as one. */
const joined = (left: string, right: string): string =>
  left.endsWith('`') && right.startsWith('`') ? `${left} ${right}` : left + right;

function marked(text: string, mark: Mark, stretch: Stretch): string {
  const own = text.slice(mark.from, mark.to);
  if (mark.kind === 'block') return asBlock(own);
  if (mark.kind === 'code') return eachLine(own, (line) => around(line, asCode));
  const words = inner(text, stretch);
  if (mark.kind === 'quote') return isQuotable(text, mark, words) ? eachLine(words, quoted) : words;
  if (mark.kind === 'link')
    return own === mark.url ? words : `${words} (${literal(mark.url, 0, mark.url.length)})`;
  const sign = SIGN[mark.kind] ?? '';
  const isWithin = isWordy(text[mark.from - 1]) || isWordy(text[mark.to]);
  return isWithin ? words : eachLine(words, (line) => around(line, signWith(sign)));
}

/** Quotes are lines from their start, and lines of code cannot be quoted one by one. */
const isQuotable = (text: string, { from }: Mark, words: string): boolean =>
  [undefined, '\n'].includes(text[from - 1]) && !words.includes('```');

/** A quote in a quote is one. */
const quoted = (line: string): string => (line.startsWith('> ') ? line : `> ${line}`);

/** Marks do not go over the end of a line, nor around their like. */
const signWith =
  (sign: string) =>
  (line: string): string =>
    line.includes(sign) || line.includes('`') || line.startsWith('>') ? line : sign + line + sign;

const eachLine = (text: string, make: (line: string) => string): string =>
  text.split('\n').map(make).join('\n');

/** Words as they are: those that could act are code, and so is a sign for quoting at the start of a line. */
const literal = (text: string, from: number, to: number): string =>
  withoutQuotes(text.slice(from, to))
    .replace(/\S+/g, (word, at: number) => {
      // Where a mark begins or ends, its sign comes between.
      const edges = [text[from + at - 1], text[from + at + word.length]].map(edgeOf);
      return couldAct(edges.join(word)) ? asCode(word) : word;
    })
    .replace(/^( *)(>+)/gm, '$1`$2`');

const edgeOf = (char: string | undefined): string =>
  char === undefined || /\s/.test(char) ? ' ' : '.';
