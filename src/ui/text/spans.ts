import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { type Colors, type Hue, hued, type Theme } from '../../base/theme.ts';

/** What a piece of text is, for the eye; words always say the same. */
export type Tone =
  | Hue
  | 'strong'
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

/** What is no colour of a ground; where it is true, it is drawn without any, too. */
const MARKS = { strong: false, cursor: true, found: true, picture: false } as const;
const isMark = (tone: Tone): tone is keyof typeof MARKS => tone in MARKS;

type Style = Parameters<typeof styleText>[0];
const STYLES: Readonly<Record<keyof typeof MARKS, Style>> = {
  strong: 'bold',
  cursor: 'inverse',
  found: 'inverse',
  // Said outright: many cameras read no dark code on a light ground turned around.
  picture: ['whiteBright', 'bgBlack'],
};

/** The row as a terminal draws it. */
export const paint = (spans: Row, colors: Colors): string =>
  spans
    .map(({ text, tone }) => (tone && text !== '' ? dressed(text, tone, colors) : text))
    .join('');

function dressed(text: string, tone: Tone, colors: Colors): string {
  if (isMark(tone)) return colors === 'none' && !MARKS[tone] ? text : styled(STYLES[tone], text);
  return colors === 'none' ? text : coloured(text, tone, colors);
}

const coloured = (text: string, hue: Hue, theme: Theme): string =>
  hue === 'danger' ? styled('bold', hued(theme, hue, text)) : hued(theme, hue, text);

const styled = (style: Style, text: string): string =>
  styleText(style, text, { validateStream: false });
