import { exitCodes } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { checkConfig, type Problem } from '../../config/check.ts';
import { readRaw } from '../../config/file.ts';
import type { Rule } from '../../domain/rule.ts';
import type { Cli } from '../cli.ts';
import type { Out } from '../out/out.ts';

/** Tries every example of every rule. Exits 78 and says which does not hold where the file is not valid. */
export async function testRules(cli: Cli): Promise<number> {
  const checked = checkConfig((await readRaw(cli.paths)) ?? {});
  const problems = checked.ok ? [] : checked.problems.filter(({ key }) => key.startsWith('rules'));
  const rules: readonly Rule[] = checked.ok ? checked.config.rules : [];
  if (cli.out.json) cli.out.object({ ok: problems.length === 0, rules, problems });
  else tell(cli.out, rules, problems);
  return problems.length === 0 ? 0 : exitCodes.config;
}

function tell({ style, data }: Out, rules: readonly Rule[], problems: readonly Problem[]): void {
  const { marks, good, bad, warn } = style;
  for (const { message } of problems) data(`${bad(marks.no)} ${message}`);
  for (const rule of rules) {
    const examples = examplesOf(rule);
    if (examples.length === 0) data(`${warn(marks.note)} ${rule.name} has no example`);
    for (const words of examples) data(`${good(marks.yes)} ${rule.name} ${words}`);
  }
}

const examplesOf = ({ match = [], notMatch = [] }: Rule): readonly string[] => [
  ...match.map((words) => `fits ${words.map(shellWord).join(' ')}`),
  ...notMatch.map((words) => `does not fit ${words.map(shellWord).join(' ')}`),
];
