import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WhatIf } from '../policy/what-if.ts';
import type { StandWish } from '../rules/choose-offer.ts';

type Options = Readonly<Record<string, unknown>>;

export const STDIN = 'read the code of the second factor from stdin, where one is needed';

/** Whom and what a rule or a question is about. `at` is for questions: rules have a time of their own. */
export function aboutOptions(command: Command, at = true): Command {
  command
    .option('--agent <name>', 'the agent that asks')
    .option('--jail <name>', 'the jail it happens in')
    .option('--channel <name>', 'where the message came from')
    .option('--sender <id>', 'the platform’s fixed id of who sent it');
  return at ? command.option('--at <time>', 'time of day, such as 23:10') : command;
}

/** Which offer shall stand, and for how long. */
export const standOptions = (command: Command): Command =>
  command
    .addOption(new Option('--for <time>', 'how long').choices(['1h', '30d']).default('30d'))
    .option('--offer <number>', 'which of the offers', asNumber)
    .option('--totp-stdin', STDIN);

export const standWish = ({ for: time, offer, totpStdin }: Options): StandWish => ({
  lifetime: time === '1h' ? '1h' : '30d',
  ...(typeof offer === 'number' ? { offer } : {}),
  totpStdin: totpStdin === true,
});

export const whatIf = (action: unknown, words: unknown, options: Options): WhatIf => ({
  action: String(action),
  words: (words ?? []) as readonly string[],
  ...texts(options, ['agent', 'jail', 'channel', 'sender', 'at']),
});

/** Whose things the owner looks at, where they are a user's. */
export const USER = ['--user <name>', 'what is this user’s; it is shown in no other way'] as const;

/** The same, as it was given. */
export const userIn = (user: unknown): { readonly user?: string } =>
  typeof user === 'string' ? { user } : {};

/** Those options that were given. */
export const texts = <K extends string>(options: Options, keys: readonly K[]) =>
  Object.fromEntries(
    keys.flatMap((key) => (typeof options[key] === 'string' ? [[key, options[key]]] : [])),
  ) as { readonly [Key in K]?: string };

export const collect = (value: string, all: readonly string[]): readonly string[] => [
  ...all,
  value,
];

export function asNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number, such as 1.');
}
