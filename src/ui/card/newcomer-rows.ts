import { visible } from '../../base/visible.ts';
import { FIRST_OWNER, KIND_WORDS, personWords, ROLE_WORDS } from '../../domain/person-words.ts';
import type { Role } from '../../domain/role.ts';
import { type Row, span } from '../text/spans.ts';
import { wrap } from '../text/wrap.ts';
import { type CardLook, type CardView, noKeysYet, tinyRows } from './card-rows.ts';
import { barRow, inner } from './facts.ts';
import type { Newcomer } from './newcomer.ts';
import { countdown } from './sentences.ts';

export interface NewcomerLook extends Omit<CardLook, 'card'> {
  readonly newcomer: Newcomer;
  /** What they would be with a yes now. */
  readonly role: Role;
}

const LABEL = 10;

/** Who is to be let in, and as what. Where it does not fit whole, a yes does not count. */
export function newcomerView(look: NewcomerLook): CardView {
  const facts = [...headRows(look), ...factRows(look)];
  const rows = [...facts, ...keyRows(look, keyWords(look))];
  const readable = rows.length <= look.budget;
  const shown = readable ? rows : small(look, facts);
  return {
    rows: shown.slice(0, look.budget),
    readable,
    more: false,
    page: facts.length,
    length: facts.length,
  };
}

const headRows = ({ newcomer, total, now, columns }: NewcomerLook): readonly Row[] =>
  wrap(
    [
      `PAIR · ${visible(newcomer.pairing.channel)} · ${KIND_WORDS[newcomer.pairing.kind]}`,
      `expires ${countdown(newcomer.expiresAt, now)}`,
      ...(total > 1 ? [`1 of ${total}`] : []),
    ].join(' · '),
    inner(columns),
  ).map((line) => barRow(span(line, 'strong')));

function factRows({ newcomer, role, columns }: NewcomerLook): readonly Row[] {
  const { name, who } = newcomer.pairing;
  const person = personWords({ id: who?.id ?? '?', ...(name === undefined ? {} : { name }) });
  const field = (label: string, text: string): readonly Row[] =>
    wrap(text, inner(columns, LABEL)).map((line, at) =>
      barRow(span((at === 0 ? label : '').padEnd(LABEL), 'dim'), span(line)),
    );
  return [
    ...field('account', person),
    ...field('will be', `${role} — ${ROLE_WORDS[role]}`),
    ...(role === 'owner' && newcomer.isFirst ? field('', FIRST_OWNER) : []),
  ];
}

const keyRows = ({ columns }: NewcomerLook, words: string): readonly Row[] =>
  wrap(words, inner(columns)).map((line) => barRow(span(line.trimEnd(), 'accent')));

function keyWords(look: NewcomerLook): string {
  const { named, typed } = look;
  const wait = noKeysYet(look);
  if (wait !== undefined) return wait;
  return named
    ? `six digits of your authenticator + Enter to pair: ${typed.padEnd(6, '_')}   Esc refuse`
    : 'y pair   n refuse   r role   ? help';
}

function small(look: NewcomerLook, facts: readonly Row[]): readonly Row[] {
  const { newcomer, budget } = look;
  const keys = keyRows(look, `too small: atom senders approve ${newcomer.id}   n refuse`);
  const left = budget - keys.length;
  // Who it is has to be there, too.
  if (left < headRows(look).length) return tinyRows(`PAIR ${newcomer.id}`, look);
  return [...facts.slice(0, left), ...keys];
}
