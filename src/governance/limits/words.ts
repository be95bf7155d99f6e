import { clockTime, duration } from '../../base/clock.ts';
import type { Reached } from './look.ts';
import { type Allowance, MILLION } from './settings.ts';

const SPAN: Readonly<Record<keyof Allowance, string>> = {
  actionsPerMinute: 'actions a minute',
  commandsPerHour: 'commands an hour',
  moneyPerDay: 'a day',
  moneyPerRun: 'for what one message leads to',
};

/** `0.61`: never less than it is. */
export const moneyWords = (millionths: number): string =>
  (Math.ceil(millionths / 10_000) / 100).toFixed(2);

/** Which limit, how much is left, when there is more, and the setting. `inMs`: until enough is free. */
export function limitWords(
  { limit, needs, left }: Reached,
  {
    currency,
    inMs,
    now,
  }: { readonly currency: string; readonly inMs: number | undefined; readonly now: number },
): string {
  const whose = limit.whose === undefined ? 'all agents together' : limit.whose;
  const span = SPAN[limit.kind];
  const what =
    limit.measure === 'money'
      ? `This may cost up to ${moneyWords(needs)} ${currency}, and ${moneyLeft(left)} of ${limit.most / MILLION} ${currency} ${span} are left (${whose}).`
      : `The limit of ${limit.most} ${span} is reached (${whose}).`;
  const when =
    inMs === undefined ? '' : ` Enough is free at ${clockTime(now + inMs)}, in ${duration(inMs)}.`;
  return `${what}${when} To change that: atom config set limits.${limit.setting} <number>, then start atom again.`;
}

/** Rounded down: what is left is never more than it is. */
const moneyLeft = (millionths: number): string =>
  (Math.floor(millionths / 10_000) / 100).toFixed(2);
