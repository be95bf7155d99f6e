import { visible, visibleBlock } from '../../base/visible.ts';

/** The bar that only cards of atom begin with. */
export const BAR = '▌';

/**
 * Text of several lines that somebody else wrote, safe to print: nothing hidden, and nothing that
 * looks like one of our cards (a leading bar is taken away, any other is written out).
 */
export const outsideLines = (text: string): readonly string[] =>
  visibleBlock(text)
    .split('\n')
    .map((line) => noBar(line.replace(/^[\s▌]+(?=▌)▌|^▌/u, '')));

/** The same for one line. */
export const outsideLine = (text: string): string => noBar(visible(text).replace(/^[\s▌]*▌/u, ''));

const noBar = (line: string): string => line.replaceAll(BAR, '⟦U+258C⟧');
