import { styleText } from 'node:util';

/** How text is dressed on one stream. Every mark is also a word or a sign: colour never speaks alone. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly marks: { readonly yes: string; readonly no: string; readonly note: string };
}

type Colour = Parameters<typeof styleText>[0];

export function createStyle({
  color,
  plain,
}: {
  readonly color: boolean;
  readonly plain: boolean;
}): Style {
  const dress =
    (colour: Colour) =>
    (text: string): string =>
      color && !plain ? styleText(colour, text, { validateStream: false }) : text;
  return {
    bold: dress('bold'),
    dim: dress('dim'),
    good: dress('green'),
    warn: dress('yellow'),
    bad: dress('red'),
    marks: plain ? { yes: 'ok', no: 'x', note: '!' } : { yes: '✓', no: '✖', note: '!' },
  };
}
