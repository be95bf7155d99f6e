import { clockTime } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import { type Card, isCommand } from '../../domain/card.ts';
import type { Factor } from '../../domain/decision.ts';
import type { GatewayEvent } from '../../protocol/events.ts';

type Decided = Extract<GatewayEvent, { kind: 'approval.decided' }>;

/** What one line says once a card is off the table; nothing for what was said before. */
export function decisionSentence({ code, state, by, at }: Decided): string | undefined {
  const where =
    !by || by.surface === 'terminal' ? 'here' : `by ${visible(by.surface)} ${visible(by.id)}`;
  if (state === 'approved') return `Approved ${code} ${where} ${clockTime(at)}`;
  if (state === 'denied') return `Denied ${code} ${where} ${clockTime(at)}`;
  if (state === 'expired')
    return `Expired ${code} ${clockTime(at)}: nobody answered, so it does not run`;
  if (state === 'void')
    return `Withdrawn ${code} ${clockTime(at)}: the task that asked was stopped`;
  return undefined;
}

/** `1:58`; never below zero. */
export function countdown(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const HOW = {
  tap: () => 'y',
  typed: (code) => `${code} + Enter`,
  totp: (code) => `${code} + Enter, then six digits of your authenticator + Enter,`,
} as const satisfies Record<Factor, (code: string) => string>;

const KEYS_HELP = [
  'Keys are for the card until Tab gives them back to your message.',
  'They count once the keyboard was quiet for 0.6 s.',
  'Enter alone and pasted text never approve.',
] as const;

/** What `?` says of somebody who is to be let in. */
export const PERSON_HELP: readonly string[] = [
  'y lets this account talk to atom, as it says; more than a guest takes your second factor, where you have one.',
  'r changes what they will be. n or Esc refuses them, and they get no answer.',
  'Only the id is fixed: anybody can take any name.',
  ...KEYS_HELP,
];

/** What `?` says. */
export const helpLines = ({ code, factor }: Card): readonly string[] => [
  `${HOW[factor](code)} approves this one request, once. It is not a rule for the next.`,
  'Where it is offered, h lets it pass for an hour, and a shows what could pass for longer.',
  'n or Esc denies it. x denies it and stops the task that asked.',
  'Where a card does not fit, d shows all of it.',
  ...KEYS_HELP,
];

/** What stands above the text that a card is about. */
export function detailTitle(kind: Card['kind']): string {
  if (isCommand(kind)) return 'standard input:';
  return kind === 'trust' ? 'details:' : 'the change:';
}
