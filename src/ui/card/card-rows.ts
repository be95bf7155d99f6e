import type { Card } from '../../domain/card.ts';
import { lifetimeWords } from '../../domain/standing-approval.ts';
import type { StandChoice } from '../../domain/typed-answer.ts';
import { type Row, span, type Tone } from '../text/spans.ts';
import { clip, wrap } from '../text/wrap.ts';
import { barRow, type Facts, factsOf, inner } from './facts.ts';
import { offerKeys, offerRows } from './offers.ts';
import { countdown } from './sentences.ts';

/** How far somebody has read a card that is longer than the screen. */
export interface Pager {
  readonly open: boolean;
  readonly offset: number;
  /** Rows that were on the screen so far, from the first. */
  readonly seen: number;
}

export const closedPager: Pager = { open: false, offset: 0, seen: 0 };

export interface CardLook {
  readonly card: Card;
  /** How many wait, this one included. */
  readonly total: number;
  readonly columns: number;
  /** Rows that the card may take. */
  readonly budget: number;
  readonly now: number;
  readonly focused: boolean;
  readonly armed: boolean;
  /** A key was just discarded. */
  readonly lost: boolean;
  readonly typed: string;
  /** The card's code was typed; now the digits of the second factor are. */
  readonly named: boolean;
  /** The offers are to be picked from. */
  readonly choosing: boolean;
  /** What was picked to stand, and waits for the digits of the second factor. */
  readonly standing: StandChoice | undefined;
  readonly pager: Pager;
}

export interface CardView {
  readonly rows: readonly Row[];
  /** True where everything needed is on the screen, or was read to its end: a yes may count. */
  readonly readable: boolean;
  /** True where some of it is not on the screen: there are details to look at. */
  readonly more: boolean;
  /** Rows of facts that one page shows, and how many there are. */
  readonly page: number;
  readonly length: number;
}

/** The card as it fits: all of it, without others' words, a page of it, or only its first rows. */
export function cardView(look: CardLook): CardView {
  const facts = factsOf(look.card, look.columns);
  const all = [...facts.command, ...facts.needed, ...facts.quoted];
  const page = Math.max(1, look.budget - headRows(look).length - keyRoom(look.columns));
  const { rows, readable, more } = look.choosing
    ? choice(look)
    : look.pager.open
      ? paged(look, all, page)
      : (whole(look, facts) ?? beginning(look, facts));
  const fits = rows.length <= look.budget;
  // Its head, a row of what it asks, and one of keys: with less room, nobody could tell what they see.
  const isTiny = look.budget < headRows(look).length + 2;
  return {
    rows:
      isTiny && !fits ? tinyRows(`APPROVAL ${look.card.code}`, look) : rows.slice(0, look.budget),
    readable: readable && fits,
    more,
    page,
    length: all.length,
  };
}

/** Rows kept for the keys under a page of facts. */
const keyRoom = (columns: number): number => (columns < 70 ? 4 : 2);

type Part = Pick<CardView, 'rows' | 'readable' | 'more'>;

function whole(look: CardLook, { command, needed, quoted }: Facts): Part | undefined {
  const head = headRows(look);
  const part = (body: readonly Row[], more: boolean): Part => {
    const keys = keyRows(look, readyWords(look, more ? ['d details'] : []));
    return { rows: [...head, ...body, ...keys], readable: true, more };
  };
  const choices = [
    part([...command, ...needed, ...quoted], false),
    part([...command, ...needed], true),
  ];
  return choices.find(({ rows }) => rows.length <= look.budget);
}

function beginning(look: CardLook, { command }: Facts): Part {
  const head = headRows(look);
  const keys = keyRows(look, tooSmallWords(look, head.length));
  const left = Math.max(0, look.budget - head.length - keys.length);
  return { rows: [...head, ...command.slice(0, left), ...keys], readable: false, more: true };
}

function paged(look: CardLook, all: readonly Row[], room: number): Part {
  const { offset, seen } = look.pager;
  const readable = Math.max(seen, offset + room) >= all.length;
  const where = `rows ${offset + 1}–${Math.min(all.length, offset + room)} of ${all.length}`;
  const words = readable
    ? readyWords(look, ['d close'])
    : notYet('Space or ↓ reads on; approving works at the end   n deny', look);
  const keys = keyRows(look, `${where}   ${words}`);
  const rows = [...headRows(look), ...all.slice(offset, offset + room), ...keys];
  return { rows, readable, more: true };
}

/** The offers, exactly as they would be kept. Where they do not fit, none can be picked. */
function choice(look: CardLook): Part {
  const rows = [
    ...headRows(look),
    ...offerRows(look.card, look.columns),
    ...keyRows(look, `${offerKeys(look.card)}   Esc back`),
  ];
  return { rows, readable: rows.length <= look.budget, more: true };
}

const RISK: Readonly<Record<Card['risk'], Tone>> = {
  low: 'good',
  medium: 'caution',
  high: 'danger',
};

function headRows({ card, total, now, columns }: CardLook): readonly Row[] {
  const name = `APPROVAL ${card.code} · `;
  const rest = ` · expires ${countdown(card.expiresAt, now)} · 1 of ${total}`;
  const risk = card.risk.toUpperCase();
  if ((name + risk + rest).length <= inner(columns)) {
    return [barRow(span(name, 'strong'), span(risk, RISK[card.risk]), span(rest, 'strong'))];
  }
  return wrap(name + risk + rest, inner(columns)).map((line) => barRow(span(line, 'strong')));
}

const keyRows = ({ columns }: CardLook, words: string): readonly Row[] =>
  wrap(words, inner(columns)).map((line) => barRow(span(line.trimEnd(), 'accent')));

const TAB = 'Tab goes back to your message';

/** Why a yes does not count here; after a key that did nothing also where keys for a message go. */
const notYet = (words: string, { lost }: CardLook): string => (lost ? `${words}   ${TAB}` : words);

/** Why no key counts now; undefined where keys do. */
export function noKeysYet({
  focused,
  armed,
  lost,
}: Pick<CardLook, 'focused' | 'armed' | 'lost'>): string | undefined {
  if (!focused) return 'press Tab to review';
  if (lost) return `keys are for the card, after a short silence   ${TAB}`;
  return armed
    ? undefined
    : 'one moment: keys count after a short silence   (Tab: back to your message)';
}

/** The keys that count now; `more` are those that show more or less of it. */
function readyWords(look: CardLook, more: readonly string[]): string {
  const { card, named } = look;
  const wait = noKeysYet(look);
  if (wait !== undefined) return wait;
  if (look.standing) return standingWords(look, look.standing);
  const commands = ['x deny & stop', ...more];
  if (card.factor === 'tap') return [...yesKeys(card), 'n deny', ...commands, '? help'].join('   ');
  const letters = commands.filter((key) => named || !card.code.startsWith(key.charAt(0)));
  return [typeWords(look), 'Esc deny', ...letters, '? help'].join('   ');
}

/** The keys that let it run: once, all of several, or from now on. */
function yesKeys({ others = [], offers = [] }: Card): readonly string[] {
  if (others.length > 0) return [`y all ${others.length + 1}`, 's one by one'];
  return offers.length > 0 ? ['y once', 'h for 1 hour', 'a always…'] : ['y once'];
}

const standingWords = ({ typed }: CardLook, { lifetime }: StandChoice): string =>
  `six digits of your authenticator + Enter to allow it for ${lifetimeWords[lifetime]}: ${typed.padEnd(6, '_')}   Esc back`;

/** What is to be typed now, and how far it is. */
function typeWords({ card: { code, factor }, typed, named }: CardLook): string {
  if (named) return `six digits of your authenticator + Enter to approve: ${typed.padEnd(6, '_')}`;
  const what = factor === 'totp' ? 'go on' : 'approve';
  return `type ${code} + Enter to ${what}: ${typed.padEnd(code.length, '_')}`;
}

function tooSmallWords(look: CardLook, headers: number): string {
  const columns = Math.max(80, look.columns);
  const { command, needed } = factsOf(look.card, columns);
  // One row of keys; around a card the composer, the status row and the two rows left free.
  const rows = headers + command.length + needed.length + 1 + 4;
  const sentence = `too small to show all of it: enlarge to ${columns}×${rows} or press d`;
  return look.focused ? notYet(`${sentence}   n deny`, look) : `${sentence}   (Tab first)`;
}

/** What is left of a question where hardly anything fits: that it is there, and what to do. */
export function tinyRows(
  name: string,
  { columns, budget }: Pick<CardLook, 'columns' | 'budget'>,
): readonly Row[] {
  const choices = [`${name}: make the window larger`, `${name}: enlarge`].map((words) =>
    wrap(words, inner(columns)),
  );
  const lines = choices.find(({ length }) => length <= budget) ?? [clip(name, inner(columns))];
  return lines.slice(0, budget).map((line) => barRow(span(line.trimEnd(), 'strong')));
}
