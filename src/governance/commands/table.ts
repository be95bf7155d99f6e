import { listed } from '../words/command-words.ts';
import { builds } from './builds.ts';
import type { CommandRule } from './command-rule.ts';
import { databases } from './databases.ts';
import { everyday } from './everyday.ts';
import { interpreters } from './interpreters.ts';
import { network } from './network.ts';
import { packages } from './packages.ts';
import { remote } from './remote.ts';
import { system } from './system.ts';

/** Every rule there is, in no order: each program has one. */
export const commandRules: readonly CommandRule[] = [
  ...[everyday, interpreters, builds, packages, network, system, remote, databases].flat(),
];

let byName: ReadonlyMap<string, CommandRule> | undefined;

/** The rule of a program of the system, by its bare name. */
export function ruleOf(name: string): CommandRule | undefined {
  byName ??= new Map(
    commandRules.flatMap((rule) => listed(rule.names).map((each) => [each, rule])),
  );
  return byName.get(name) ?? ofItsKind(byName, name);
}

/**
 * `python3.12`, `mkfs.ext4`, `kafka-topics.sh`: like the program without its version or kind, unless that
 * is milder than what nobody knows.
 */
function ofItsKind(rules: ReadonlyMap<string, CommandRule>, name: string): CommandRule | undefined {
  const rule =
    rules.get(name.replace(/[-.]?\d[\d.]*$/, '')) ?? rules.get(name.replace(/\.[a-z0-9_]+$/, ''));
  return rule && (rule.does === 'lose' || rule.does === 'beyond') && !rule.runs ? rule : undefined;
}
