import { clockTime, duration } from '../../base/clock.ts';
import type { Reached } from './look.ts';
import { type Allowance, MILLION } from './settings.ts';

const SPAN: Readonly<Record<keyof Allowance, string>> = {
  actionsPerMinute: 'actions a minute',
  commandsPerHour: 'commands an hour',
  moneyPerDay: 'a day',
  moneyPerRun: 'for what one message leads to',
  tokensPerDay: 'a day',
  tokensPerRun: 'for what one message leads to',
};

/** `0.61`: never less than it is. */
export const moneyWords = (millionths: number): string =>
  (Math.ceil(millionths / 10_000) / 100).toFixed(2);

/** `20,000 tokens`. */
export const tokenWords = (tokens: number): string => `${tokens.toLocaleString('en-US')} tokens`;

/** What was spent of which limit, when there is more, and the setting. `inMs`: until enough is free. */
export function limitWords(
  reached: Reached,
  {
    currency,
    inMs,
    now,
  }: { readonly currency: string; readonly inMs: number | undefined; readonly now: number },
): string {
  const { limit } = reached;
  const whose = limit.whose === undefined ? 'all agents together' : limit.whose;
  const what = `${reachedWords(reached, currency)} (${whose}).`;
  const when =
    inMs === undefined ? '' : ` Enough is free at ${clockTime(now + inMs)}, in ${duration(inMs)}.`;
  return `${what}${when} To change that: atom config set limits.${limit.setting} <number>, then start atom again.`;
}

function reachedWords({ limit, needs, left, used }: Reached, currency: string): string {
  const span = SPAN[limit.kind];
  switch (limit.measure) {
    case 'money':
      return `This may cost up to ${moneyWords(needs)} ${currency}, and ${moneyLeft(left)} of ${limit.most / MILLION} ${currency} ${span} are left; ${moneyWords(used)} were spent or are held for what runs now`;
    case 'tokens':
      return `This may take up to ${tokenWords(needs)}, and ${left.toLocaleString('en-US')} of ${tokenWords(limit.most)} ${span} are left; ${used.toLocaleString('en-US')} were spent or are held for what runs now`;
    default:
      return `The limit of ${limit.most} ${span} is reached`;
  }
}

/** Rounded down: what is left is never more than it is. */
const moneyLeft = (millionths: number): string =>
  (Math.floor(millionths / 10_000) / 100).toFixed(2);
