import { shellWord } from '../../base/shell-word.ts';
import { type Explained, explainRule } from '../../governance/rules/explain.ts';
import type { Cli } from '../cli.ts';
import { imagine, type WhatIf } from '../policy/what-if.ts';
import { readRules } from './save.ts';

/** Which rules fit something, and which of their conditions do not; asks no gateway. */
export async function explainRules(cli: Cli, whatIf: WhatIf): Promise<void> {
  const { subject } = await imagine(cli, whatIf);
  const explained = (await readRules(cli)).map((rule) => {
    const conditions = explainRule(rule, subject);
    return { rule, conditions, fits: conditions.every(({ holds }) => holds) };
  });
  if (cli.out.json) return cli.out.object({ subject, rules: explained });
  if (explained.length === 0) return cli.out.say('There is no rule.');
  const { bold, dim, good, bad, marks } = cli.out.style;
  for (const { rule, conditions, fits } of explained) {
    const does = fits ? bold(`fits: ${rule.verdict}, ${rule.reason}`) : dim('does not fit');
    cli.out.data(`${rule.name} ${does}`);
    for (const one of conditions)
      cli.out.data(`  ${one.holds ? good(marks.yes) : bad(marks.no)} ${conditionWords(one)}`);
  }
}

const conditionWords = ({ condition, wants }: Explained): string =>
  `${condition} ${typeof wants === 'string' ? shellWord(wants) : wants.map(shellWord).join(' ')}`;
