import { clockTime } from '../base/clock.ts';
import { hintFor } from '../base/hint.ts';
import type { ApprovalState, Decider } from '../domain/approval.ts';
import { type Card, isCommand } from '../domain/card.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import { yesWords } from '../domain/typed-answer.ts';
import { roomIn } from './doubt.ts';

/** A card as a plain-text message. Everything in a Card is safe to show already. */
export const cardText = (card: Card): string =>
  [
    `APPROVAL ${card.code} · ${card.risk.toUpperCase()} · until ${clockTime(card.expiresAt)}`,
    ...card.words.map(
      (word, at) =>
        `${at === 0 ? (isCommand(card.kind) ? '$' : '·') : ' '} ${told(card.kind, word)}`,
    ),
    ...(card.others ?? []).map(
      (words, at) => `${at + 2}. $ ${words.map((word) => told(card.kind, word)).join(' ')}`,
    ),
    ...row('in', card.folder),
    ...row('jail', card.jail),
    ...row('may', card.may.join(' · ')),
    ...row('undo', card.undo),
    ...row('why', card.why.join(' · ')),
    ...row('asked by', card.who),
    ...row('message', card.trigger && `“${card.trigger}”`),
    ...row('says', card.says && `“${card.says}” (the agent's words)`),
    ...card.warnings.map((warning) => `! ${warning}`),
    // Set apart, so that no line of it can pass for a line of the card.
    ...(card.detail ? ['', ...card.detail.split('\n').map((line) => `| ${line}`)] : []),
    ...(card.factor === 'tap'
      ? []
      : ['', `To approve, reply: ${yesWords(card)}${DIGITS[card.factor]}`]),
  ].join('\n');

/** Where else a card waits, by what each place is called; nothing where it waits at the terminal alone. */
export const alsoText = (places: readonly string[]): string =>
  places.length === 0 ? '' : `\nalso waiting: ${[...places, 'terminal'].join(', ')}`;

type CardFacts = Pick<ChannelFacts, 'maxLength' | 'idempotentSend' | 'mostFactor' | 'profile'>;

/** What does not fit on a screen cannot be approved there. */
const cardFits = (card: Card, facts: CardFacts): boolean => cardText(card).length <= roomIn(facts);

/**
 * Why a card cannot be approved on a channel, said in the place of it; undefined where it can. `stands`: by a
 * yes that stands from now on, which is an act of trust and takes more than a tap proves.
 */
export function whyNotHere(card: Card, facts: CardFacts, stands = false): string | undefined {
  const where = hintFor(
    facts.profile ?? 'default',
    `the terminal: atom approvals show ${card.code}`,
  );
  if (isBeyond(card.factor, facts))
    return `It may do too much to be approved here. Decide in ${where}`;
  if (stands && isBeyond(card.offerFactor === 'totp' ? 'totp' : 'typed', facts))
    return `From here it can be approved once, and not for longer. Decide in ${where}`;
  return cardFits(card, facts) ? undefined : `It is too long to show here. Review it in ${where}`;
}

const isBeyond = (factor: Card['factor'], { mostFactor = 'totp' }: CardFacts): boolean =>
  FACTORS.indexOf(factor) > FACTORS.indexOf(mostFactor);

/** The weakest first. */
const FACTORS: readonly Card['factor'][] = ['tap', 'typed', 'totp'];

/** What every copy of a card becomes once it is decided: `most` characters, one message. */
export function decidedText(
  card: Card,
  decided: { readonly state: ApprovalState; readonly by?: Decider; readonly at: number },
  most: number,
): string {
  const by = decided.by ? ` by ${decided.by.surface} ${decided.by.id}` : '';
  const ended = `${ENDED[decided.state]}${by} at ${clockTime(decided.at)} · ${card.code}`;
  const whole = `${ended}\n${card.words.map((word) => told(card.kind, word)).join(' ')}`;
  return whole.length <= most ? whole : ended;
}

const ENDED: Readonly<Record<ApprovalState, string>> = {
  pending: 'Waiting',
  batched: 'Waiting',
  approved: 'Approved',
  used: 'Approved',
  denied: 'Denied',
  expired: 'Expired, not done',
  void: 'Withdrawn',
};

const DIGITS = { typed: '', totp: ' (the six digits of your authenticator)' } as const;

const row = (name: string, text: string | undefined): readonly string[] =>
  text ? [`${name}: ${text}`] : [];

/** A line stands as it was written. */
const told = (kind: Card['kind'], word: string): string => (kind === 'line' ? word : quoted(word));

/** Words with spaces, quotes or nothing in them are quoted, so that each reads as one. */
const quoted = (word: string): string =>
  /^[\p{L}\p{N}._/:=@%+,-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
