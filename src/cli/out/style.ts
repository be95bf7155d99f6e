import { styleText } from 'node:util';
import { type Colors, type Hue, hued } from '../../base/theme.ts';

/** How text is dressed on one stream. Every mark is also a word or a sign: colour never speaks alone. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly marks: { readonly yes: string; readonly no: string; readonly note: string };
}

export function createStyle({
  colors,
  plain,
}: {
  readonly colors: Colors;
  readonly plain: boolean;
}): Style {
  const theme = plain ? 'none' : colors;
  const dress =
    (hue: Hue) =>
    (text: string): string =>
      theme === 'none' ? text : hued(theme, hue, text);
  return {
    bold: (text) => (theme === 'none' ? text : styleText('bold', text, { validateStream: false })),
    dim: dress('dim'),
    good: dress('good'),
    warn: dress('caution'),
    bad: dress('danger'),
    marks: plain ? { yes: 'ok', no: 'failed', note: 'note' } : { yes: '✓', no: '✖', note: '!' },
  };
}
