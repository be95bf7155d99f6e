import { clockTime } from '../base/clock.ts';
import type { ApprovalState, Decider } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';

/** A card as a plain-text message. Everything in a Card is safe to show already. */
export const cardText = (card: Card): string =>
  [
    `APPROVAL ${card.code} · ${card.risk.toUpperCase()} · until ${clockTime(card.expiresAt)}`,
    ...card.words.map(
      (word, at) => `${at === 0 ? (card.kind === 'command' ? '$' : '·') : ' '} ${quoted(word)}`,
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
    ...(card.detail ? ['', card.detail] : []),
    ...(card.factor === 'typed' ? ['', `To approve, reply: ok ${card.code}`] : []),
  ].join('\n');

/** What every copy of a card becomes once it is decided. */
export function decidedText(
  card: Card,
  decided: { readonly state: ApprovalState; readonly by?: Decider; readonly at: number },
): string {
  const by = decided.by ? ` by ${decided.by.surface} ${decided.by.id}` : '';
  return `${ENDED[decided.state]}${by} at ${clockTime(decided.at)} · ${card.code}\n${card.words.map(quoted).join(' ')}`;
}

const ENDED: Readonly<Record<ApprovalState, string>> = {
  pending: 'Waiting',
  approved: 'Approved',
  used: 'Approved',
  denied: 'Denied',
  expired: 'Expired, not done',
  void: 'Withdrawn',
};

const row = (name: string, text: string | undefined): readonly string[] =>
  text ? [`${name}: ${text}`] : [];

/** Words with spaces, quotes or nothing in them are quoted, so that each reads as one. */
const quoted = (word: string): string =>
  /^[\p{L}\p{N}._/:=@%+,-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
