import { maturities } from '../../domain/agent.ts';
import type { Decision, Factor, RuleMatch } from '../../domain/decision.ts';
import { decide, mayStand, type Question } from '../../governance/decide.ts';
import { whyNever } from '../../governance/standing/never.ts';

/** What would let something pass that is asked about or denied, one sentence each; none where it passes. */
export function releases(question: Question, decision: Decision): readonly string[] {
  if (decision.verdict === 'allow') return [];
  if (decision.verdict === 'ask') return [YES[decision.factor], standingWords(question, decision)];
  return decision.matches
    .filter(({ verdict }) => verdict === 'deny')
    .map((match) => withoutDenial(question, match));
}

const YES: Readonly<Record<Factor, string>> = {
  tap: 'your yes',
  typed: 'your yes, with the code of the card typed out',
  totp: 'your yes, with the code of the card typed out and one of the second factor',
};

function standingWords({ subject, maturity }: Question, decision: Decision): string {
  const [words = []] = subject.commands;
  if (!mayStand(decision, maturity ?? 'student'))
    return 'no standing approval: only what the maturity alone asks about may have one';
  if (subject.action !== 'shell.exec' || subject.commands.length !== 1)
    return 'no standing approval: those are for single commands';
  const why = whyNever(words, words[0] ?? '');
  return why === undefined
    ? 'a standing approval:   atom approvals approve <code> --always'
    : `no standing approval: ${why}`;
}

function withoutDenial(question: Question, { rule }: RuleMatch): string {
  if (rule.startsWith('rule ')) return `without the rule:   atom rules remove ${rule.slice(5)}`;
  if (!rule.startsWith('baseline ')) return 'a turn that has seen less';
  const older = maturities.find(
    (maturity) => decide({ ...question, maturity, rules: [] }).verdict !== 'deny',
  );
  return older === undefined ? 'nothing' : `an agent at ${older}`;
}
