import type { CommandRule, Raise } from '../commands/command-rule.ts';
import { type CommandWords, isUnknown, listed, mayHoldMore } from './command-words.ts';
import type { Finding } from './finding.ts';
import { type Lead, readLeading } from './leading.ts';
import { raisedBy } from './options.ts';

/** A command, and where the words begin that a rule speaks about. */
export interface Reach {
  readonly command: CommandWords;
  readonly from: number;
}

/** What the rule that fits says, sub-commands followed as deep as there are rules. */
export function applyRule(
  rule: CommandRule,
  { command, from }: Reach,
  inherited: readonly Raise[] = [],
): readonly Finding[] {
  const raises = [...inherited, ...(rule.raise ?? [])];
  const lead = rule.subs || rule.interprets ? readLeading(command, from, rule.leading) : undefined;
  if (rule.interprets && lead)
    return [{ effect: rule.does, why: rule.why }, ...ofCode(rule, command, lead)];
  const sub = lead && !lead.unsure ? subOf(rule, command, lead.at) : undefined;
  if (sub && lead?.at !== undefined)
    return applyRule(sub, { command, from: lead.at + 1 }, without(raises, sub.harmless));
  const hits = raisedBy(rule, raises, { command, from });
  return [
    { effect: rule.does, why: rule.why },
    ...hits.map(({ to, why }): Finding => ({ effect: to, why })),
    ...tooMany(rule, { command, from }),
    ...(lead && isUnsure(command, lead) ? anyOf(rule.subs ?? [], { command, from }) : []),
  ];
}

/** True where the word that names the sub-command is not known, or one that may move it. */
const isUnsure = (command: CommandWords, { at, unsure }: Lead): boolean =>
  unsure || at === undefined || at >= command.argv.length || isUnknown(command, at)
    ? mayHoldMore(command, 1)
    : false;

const anyOf = (subs: readonly CommandRule[], reach: Reach): readonly Finding[] =>
  subs.flatMap((sub) => applyRule(sub, reach));

/** An interpreter runs a file, or else code that nobody can look at beforehand. */
function ofCode(
  { modules, alone }: CommandRule,
  command: CommandWords,
  lead: Lead,
): readonly Finding[] {
  const { at, unsure, options } = lead;
  if (at === undefined || unsure || isUnknown(command, at))
    return [
      { effect: 'beyond', why: 'runs code given with an option, or loads more than its file' },
    ];
  const module = options.find(([name]) => name === '-m')?.[1];
  if (module !== undefined)
    return listed(modules).includes(module)
      ? []
      : [{ effect: 'beyond', why: 'runs a module that may run anything' }];
  const finds = options.some(([name]) => listed(alone).includes(name));
  if (finds && at === command.argv.length && !mayHoldMore(command, at)) return [];
  const script = command.argv[at] ?? '-';
  return /^-$|^\/dev\/(stdin|fd\/)|^\/proc\/|^https?:/.test(script)
    ? [{ effect: 'beyond', why: 'runs code that it is handed' }]
    : [];
}

const subOf = (
  { subs }: CommandRule,
  command: CommandWords,
  at: number | undefined,
): CommandRule | undefined => {
  const word = at === undefined || isUnknown(command, at) ? undefined : command.argv[at];
  return word === undefined ? undefined : subs?.find(({ names }) => listed(names).includes(word));
};

const without = (raises: readonly Raise[], harmless: string | undefined): readonly Raise[] =>
  harmless === undefined
    ? raises
    : raises.map((raise) => ({
        ...raise,
        options: listed(raise.options)
          .filter((option) => !listed(harmless).includes(option))
          .join(' '),
      }));

function tooMany({ most }: CommandRule, { command, from }: Reach): readonly Finding[] {
  if (!most) return [];
  const plain = command.argv.slice(from).filter((word) => !word.startsWith('-') || word === '-');
  return plain.length > most.words || mayHoldMore(command, from)
    ? [{ effect: most.to, why: most.why }]
    : [];
}
