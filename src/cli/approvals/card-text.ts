import { clockTime, duration } from '../../base/clock.ts';
import { type Card, isCommand } from '../../domain/card.ts';
import { exactly } from '../out/plain.ts';
import { cardLine } from '../out/words.ts';

/**
 * A card as plain lines, complete and in the order that people read it: facts first, the agent's words last.
 * `endedAt`: when it was answered or used, after which no time is left.
 */
export function cardText(
  shown: Card,
  now: number,
  out: { readonly plain: boolean },
  endedAt?: number,
): readonly string[] {
  const card = exactly(shown, out);
  const left = endedAt === undefined ? leftOf(card, now) : `ended ${clockTime(endedAt)}`;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['in', card.folder],
    ['program', card.program],
    ['jail', card.jail],
    ['may', card.may.join(' · ') || undefined],
    ['undo', card.undo],
    ['why', card.why.join(' · ') || undefined],
    ['asked', `${card.who} · ${clockTime(card.askedAt)}`],
    ['about', card.trigger === undefined ? undefined : `“${card.trigger}”`],
    ['says', card.says === undefined ? undefined : `“${card.says}” (the agent's words)`],
  ];
  return [
    `APPROVAL ${card.code} · ${card.risk.toUpperCase()} · ${left}`,
    `${isCommand(card.kind) ? '$ ' : ''}${cardLine(card)}`,
    ...(card.others ?? []).map((words) => `$ ${cardLine({ kind: card.kind, words })}`),
    ...card.warnings.map((warning) => `! ${warning}`),
    ...rows.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(8)}${text}`])),
    ...(card.detail === undefined ? [] : ['', ...card.detail.split('\n')]),
  ].map((line) => (line === '' ? '|' : `| ${line}`));
}

const leftOf = ({ expiresAt }: Card, now: number): string =>
  expiresAt > now ? `expires in ${duration(expiresAt - now)}` : 'expired';
