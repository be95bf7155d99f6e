/** What a ground is made for: `either` where nobody knows which one there is. */
export type Theme = 'dark' | 'light' | 'either';

/** What is drawn in colours, or in none. */
export type Colors = Theme | 'none';

/** What a piece of text is, where a colour helps to see it. */
export type Hue = 'dim' | 'good' | 'caution' | 'danger' | 'accent';

/**
 * Numbers of the 256 colours that terminals draw alike whatever their palette. Of the sixteen that a palette has,
 * its yellow, green and cyan can hardly be read on white; the middle ones can be read on both grounds.
 */
export const HUES: Readonly<Record<Theme, Readonly<Record<Hue, number>>>> = {
  dark: { dim: 247, good: 77, caution: 221, danger: 203, accent: 80 },
  light: { dim: 240, good: 22, caution: 94, danger: 124, accent: 24 },
  either: { dim: 243, good: 28, caution: 130, danger: 196, accent: 31 },
};

/** Text in one of these colours. */
export const hued = (theme: Theme, hue: Hue, text: string): string =>
  `\u001B[38;5;${HUES[theme][hue]}m${text}\u001B[39m`;

/** What some terminals say of their ground: `15;0` is white on black; the last number is the ground's. */
export function themeFrom(colorFgBg: string | undefined): Theme {
  const ground = /;(\d{1,2})$/.exec(colorFgBg ?? '')?.[1];
  if (ground === undefined) return 'either';
  return ground === '7' || ground === '15' ? 'light' : 'dark';
}
