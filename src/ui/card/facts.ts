import { clockTime } from '../../base/clock.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import { type Card, isCommand } from '../../domain/card.ts';
import { BAR } from '../text/outside.ts';
import { shellLine } from '../text/quote.ts';
import { type Row, span, type Tone } from '../text/spans.ts';
import { wrap } from '../text/wrap.ts';
import { detailTitle } from './sentences.ts';

const LABEL = 7;

/** A card as rows, sorted by what a person must have seen before a yes counts. */
export interface Facts {
  /** The exact words. */
  readonly command: readonly Row[];
  /** Where it would run, what it could do, why it is asked, and the text it would get or write. */
  readonly needed: readonly Row[];
  /** Others' words: may be left out where there is no room. */
  readonly quoted: readonly Row[];
}

/** Laid out once for a card and a width: a change of 10,000 lines is drawn again every second. */
export function factsOf(card: Card, columns: number): Facts {
  const known = laidOut.get(card)?.get(columns);
  if (known) return known;
  const facts = layFacts(card, columns);
  const [before] = [...(laidOut.get(card) ?? [])].slice(-1);
  laidOut.set(card, new Map([...(before ? [before] : []), [columns, facts]]));
  return facts;
}

/** The two widths that were asked for last. */
const laidOut = new WeakMap<Card, ReadonlyMap<number, Facts>>();

function layFacts(card: Card, columns: number): Facts {
  const field = (label: string, text: string, tone?: Tone): readonly Row[] =>
    text === '' ? [] : fieldRows({ label, text, tone }, columns);
  const place = [card.folder, card.jail && `jail ${card.jail}`].filter(
    (part) => part !== undefined,
  );
  return {
    command: [card.words, ...(card.others ?? [])].flatMap((words) =>
      commandRows({ kind: card.kind, words }, columns),
    ),
    needed: [
      ...card.warnings.flatMap((warning) => field('CAREFUL', ` ${visible(warning)}`, 'danger')),
      ...field('runs', visible(card.program ?? '')),
      ...field('in', place.map(visible).join('   ')),
      ...field('may', [...card.may, card.undo].map(visible).join(' · ')),
      ...field('why', card.why.map(visible).join('; ')),
      ...field('asked', `${visible(card.who)} · ${clockTime(card.askedAt)}`),
      ...detailRows(card, columns),
    ],
    quoted: [
      ...field('says', quote(card.says, "the agent's words"), 'dim'),
      ...field('after', quote(card.trigger, 'the message that led here'), 'dim'),
    ],
  };
}

const quote = (text: string | undefined, whose: string): string =>
  text ? `“${visible(text)}” (${whose})` : '';

/** A row of a card: the bar, then the text. Never padded, never boxed. */
export const barRow = (...spans: Row): Row => [span(`${BAR} `, 'caution'), ...spans];

/** Columns for text behind the bar; one stays free for terminals that draw wider than they say. */
export const inner = (columns: number, indent = 0): number => Math.max(8, columns - 3 - indent);

function commandRows(
  { kind, words }: Pick<Card, 'kind' | 'words'>,
  columns: number,
): readonly Row[] {
  const text = kind === 'command' ? shellLine(words.map(visible)) : visible(words.join(' '));
  return wrap(text, inner(columns, 2)).map((line, i) =>
    barRow(span(i === 0 && isCommand(kind) ? '$ ' : '  ', 'dim'), span(line, 'strong')),
  );
}

function fieldRows(
  { label, text, tone }: { label: string; text: string; tone: Tone | undefined },
  columns: number,
): readonly Row[] {
  return wrap(text, inner(columns, LABEL)).map((line, i) =>
    barRow(span((i === 0 ? label : '').padEnd(LABEL), tone ?? 'dim'), span(line, tone)),
  );
}

function detailRows({ detail, kind }: Card, columns: number): readonly Row[] {
  if (!detail) return [];
  const title = detailTitle(kind);
  return [
    barRow(span(title, 'dim')),
    ...visibleBlock(detail)
      .split('\n')
      .flatMap((line) =>
        wrap(line, inner(columns, 2)).map((part) => barRow(span(`  ${part}`, diffTone(line)))),
      ),
  ];
}

const diffTone = (line: string): Tone | undefined =>
  line.startsWith('+') ? 'good' : line.startsWith('-') ? 'danger' : undefined;
