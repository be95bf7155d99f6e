import { AtomError } from '../../base/errors.ts';
import { channels } from '../../channels/registry.ts';
import { readConfig } from '../../config/file.ts';
import { parseWords } from '../../domain/command-line.ts';
import type { Rule } from '../../domain/rule.ts';
import type { Cli } from '../cli.ts';
import { saveRules } from './save.ts';
import { whenWords } from './words.ts';

/** A rule as it is given on the command line. */
export interface RuleWish {
  readonly name: string;
  readonly ask: boolean;
  readonly deny: boolean;
  readonly reason: string;
  /** `git push **`; a program alone is meant with any words. */
  readonly words: readonly string[];
  readonly where: Partial<
    Pick<Rule, 'action' | 'agent' | 'jail' | 'channel' | 'sender' | 'between'>
  >;
  /** Lines that the rule must fit, and others that it must not. */
  readonly examples: readonly string[];
  readonly notExamples: readonly string[];
}

/** Adds a rule to the configuration, and to a gateway that runs. A rule only tightens. */
export async function addRule(cli: Cli, wish: RuleWish): Promise<void> {
  const { rules, jails } = await readConfig(cli.paths);
  const taken = rules.find(({ name }) => name === wish.name);
  if (taken) throw nameTaken(taken);
  const { jail, channel } = wish.where;
  refuseUnknown(
    'jail',
    jail,
    jails.map(({ name }) => name),
  );
  refuseUnknown('channel', channel, Object.keys(channels));
  const rule = ruleOf(wish);
  await saveRules(cli, [...rules, rule], { totpStdin: false });
  if (cli.out.json) return cli.out.object({ added: rule });
  const does = rule.verdict === 'deny' ? 'refuses' : 'asks about';
  cli.out.say(`Added ${rule.name}. It ${does}: ${whenWords(rule)}`);
  cli.out.hint(`Undo:   atom rules remove ${rule.name}`);
}

function ruleOf({ name, ask, deny, reason, words, where, ...wish }: RuleWish): Rule {
  if (ask === deny)
    throw new AtomError('usage', 'A rule asks or denies', {
      next: ['Say which:   --ask or --deny'],
    });
  const [program, ...args] = words;
  const match = wish.examples.map(parseWords);
  const notMatch = wish.notExamples.map(parseWords);
  return {
    name,
    verdict: deny ? 'deny' : 'ask',
    reason,
    ...where,
    ...(program === undefined || program === '*' || program === '**' ? {} : { program }),
    ...(args.length === 0 ? {} : { args }),
    ...(match.length === 0 ? {} : { match }),
    ...(notMatch.length === 0 ? {} : { notMatch }),
  };
}

/** A rule about something that there is not would hold for nothing. */
function refuseUnknown(what: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  throw new AtomError('usage', `There is no ${what} "${name}"`, {
    next: [`There is: ${known.join(', ') || 'none'}`],
  });
}

const nameTaken = (taken: Rule): AtomError =>
  new AtomError('usage', `There is already a rule "${taken.name}": ${whenWords(taken)}`, {
    next: [`Take that away first:   atom rules remove ${taken.name}`, 'Or choose another name.'],
  });
