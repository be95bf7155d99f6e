import type { Card } from '../../domain/card.ts';
import { lifetimeWords, offerLine, offerScope } from '../../domain/standing-approval.ts';
import { type Row, span } from '../text/spans.ts';
import { wrap } from '../text/wrap.ts';
import { barRow, inner } from './facts.ts';

const INDENT = 3;

/** What could stand, one after the other: its words, and everything that it holds to. */
export const offerRows = ({ offers = [] }: Card, columns: number): readonly Row[] => [
  ...wrap(
    `Always allow which? It is kept exactly as it stands here, for ${lifetimeWords['30d']}:`,
    inner(columns),
  ).map((line) => barRow(span(line, 'strong'))),
  ...offers.flatMap((offer, at) => [
    ...indented(`${at + 1}  `, offerLine(offer), columns).map(([mark, line]) =>
      barRow(span(mark, 'accent'), span(line, 'strong')),
    ),
    ...indented('   ', offerScope(offer).join(' · '), columns).map(([mark, line]) =>
      barRow(span(mark), span(line, 'dim')),
    ),
  ]),
];

/** `1–2 picks one`, or `1 picks it`. */
export const offerKeys = ({ offers = [] }: Card): string =>
  offers.length === 1 ? '1 picks it' : `1–${offers.length} picks one`;

const indented = (
  mark: string,
  text: string,
  columns: number,
): readonly (readonly [string, string])[] =>
  wrap(text, inner(columns, INDENT)).map((line, at) => [at === 0 ? mark : '   ', line]);
