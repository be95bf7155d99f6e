import { styleText } from 'node:util';
import stringWidth from 'string-width';

/** What a piece of text is, for the eye; words always say the same. */
export type Tone =
  | 'dim'
  | 'strong'
  | 'good'
  | 'caution'
  | 'danger'
  | 'accent'
  | 'cursor'
  /** What was searched for. */
  | 'found'
  | 'picture';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** Its row takes one row on the screen and is cut where it does not fit. */
  readonly cut?: true;
}

/** One row on the screen: pieces of text without newlines. */
export type Row = readonly Span[];

export const span = (text: string, tone?: Tone): Span => (tone ? { text, tone } : { text });
export const row = (text: string, tone?: Tone): Row => [span(text, tone)];

/** The words alone. */
export const plain = (spans: Row): string => spans.map(({ text }) => text).join('');

/** Columns that a row takes. */
export const widthOf = (spans: Row): number => stringWidth(plain(spans));

type Style = Parameters<typeof styleText>[0];
const STYLES: Readonly<Record<Tone, Style>> = {
  dim: 'dim',
  strong: 'bold',
  good: 'green',
  caution: 'yellow',
  danger: ['bold', 'red'],
  accent: 'cyan',
  cursor: 'inverse',
  found: 'inverse',
  // Said outright: many cameras read no dark code on a light ground turned around.
  picture: ['whiteBright', 'bgBlack'],
};

/** Marks that are no colours: they are drawn without any, too. */
const COLORLESS: readonly Tone[] = ['cursor', 'found'];

/** The row as a terminal draws it. */
export const paint = (spans: Row, color: boolean): string =>
  spans
    .map(({ text, tone }) =>
      tone && text !== '' && (color || COLORLESS.includes(tone))
        ? styleText(STYLES[tone], text, { validateStream: false })
        : text,
    )
    .join('');
