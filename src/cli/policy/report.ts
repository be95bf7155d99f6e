import { shellWord } from '../../base/shell-word.ts';
import type { Maturity } from '../../domain/agent.ts';
import type { Decision, Factor } from '../../domain/decision.ts';
import { complexityWords } from '../../governance/baseline.ts';
import type { Out } from '../out/out.ts';
import { table } from '../out/table.ts';

/** A decision for people: what was asked, every reason, and what would let it pass. */
export function reportDecision(
  out: Out,
  asked: { readonly action: string; readonly words: readonly string[]; readonly as: Maturity },
  { decision, releases }: { readonly decision: Decision; readonly releases: readonly string[] },
): void {
  const { verdict, complexity, factor, matches } = decision;
  const what = [asked.action, ...asked.words.map(shellWord)].join(' ');
  out.data(`${out.style.bold(verdict)}: ${what}   (an agent at ${asked.as})`);
  out.data(
    `complexity ${complexity} of 4: ${complexityWords[complexity]}; a yes needs ${FACTORS[factor]}`,
  );
  const rows = matches.map((match) => ['', match.verdict, match.rule, match.why]);
  for (const line of table(rows)) out.data(line);
  if (releases.length > 0) out.data('What would let it pass:');
  for (const line of releases) out.data(`  ${line}`);
}

const FACTORS: Readonly<Record<Factor, string>> = {
  tap: 'a tap',
  typed: 'the code of the card typed out',
  totp: 'the code of the card typed out, and one of the second factor',
};
