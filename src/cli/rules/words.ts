import { clockTime, duration } from '../../base/clock.ts';
import { shellWord } from '../../base/shell-word.ts';
import type { Rule } from '../../domain/rule.ts';
import {
  type Offer,
  offerLine,
  offerScope,
  type StandingApproval,
} from '../../domain/standing-approval.ts';

/** What a rule looks at, on one line: `git push '**' · jail work · 22:00-07:00`. */
export function whenWords(rule: Rule): string {
  const { action, agent, jail, channel, sender, between } = rule;
  const command = commandWords(rule);
  return [
    ...(command === undefined ? [] : [command]),
    ...(action === undefined ? [] : [`action ${action}`]),
    ...(agent === undefined ? [] : [`agent ${agent}`]),
    ...(jail === undefined ? [] : [`jail ${jail}`]),
    ...(channel === undefined ? [] : [`channel ${channel}`]),
    ...(sender === undefined ? [] : [`sender ${sender}`]),
    ...(between === undefined ? [] : [between]),
  ].join(' · ');
}

/** The command that a rule is about; undefined for one about anything. */
function commandWords({ program, args }: Rule): string | undefined {
  if (program === undefined && args === undefined) return undefined;
  const rest = args === undefined ? 'with any words' : args.map(shellWord).join(' ');
  return `${program === undefined ? 'any program' : shellWord(program)} ${rest}`.trim();
}

/** The command line that adds a rule again. */
export function addLine(rule: Rule): string {
  const { name, verdict, reason, program, args } = rule;
  const flags = (['action', 'agent', 'jail', 'channel', 'sender', 'between'] as const).flatMap(
    (flag) => (rule[flag] === undefined ? [] : [`--${flag} ${shellWord(rule[flag])}`]),
  );
  const examples = [
    ...(rule.match ?? []).map((words) => `--example ${shellWord(line(words))}`),
    ...(rule.notMatch ?? []).map((words) => `--not-example ${shellWord(line(words))}`),
  ];
  const about = program !== undefined || args !== undefined;
  const words = about ? ['--', line([program ?? '*', ...(args ?? [])])] : [];
  return [
    `atom rules add ${name} --${verdict} --reason ${shellWord(reason)}`,
    ...[...flags, ...examples, ...words],
  ].join(' ');
}

const line = (words: readonly string[]): string => words.map(shellWord).join(' ');

/** An offer in lines: its words, and everything that it holds to. */
export const offerRows = (offer: Offer): readonly string[] => [
  offerLine(offer),
  offerScope(offer).join(' · '),
];

/** A standing approval in lines: exactly as it is kept, and how it was used. */
export const standingRows = (one: StandingApproval, now: number): readonly string[] => [
  ...offerRows(one),
  [
    `given by ${one.by} ${ago(one.createdAt, now)}`,
    `expires in ${duration(one.expiresAt - now)}`,
    one.lastUsedAt === undefined
      ? 'not used yet'
      : `uses ${one.uses}, last ${ago(one.lastUsedAt, now)} (${clockTime(one.lastUsedAt)})`,
  ].join(' · '),
];

const ago = (at: number, now: number): string => `${duration(now - at)} ago`;
