import { literal } from '../../base/literal.ts';

/** The words of a search: a line is found that has all of them, in whatever case. */
export const wordsIn = (query: string): readonly string[] =>
  query.split(/\s+/u).filter((word) => word !== '');

/** Where lines have all words, by their numbers; nowhere without words. */
export function linesWith(lines: readonly string[], query: string): readonly number[] {
  const tests = wordsIn(query).map((word) => new RegExp(literal(word), 'iu'));
  if (tests.length === 0) return [];
  return lines.flatMap((line, at) => (tests.every((test) => test.test(line)) ? [at] : []));
}

/** A piece of a line, and whether it is one of the words. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** A line cut where the words of a search begin and end. */
export function piecesOf(line: string, query: string): readonly Piece[] {
  const words = wordsIn(query);
  if (words.length === 0) return [{ text: line, found: false }];
  const longestFirst = words.toSorted((one, other) => other.length - one.length).map(literal);
  return line
    .split(new RegExp(`(${longestFirst.join('|')})`, 'iu'))
    .map((text, at) => ({ text, found: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
