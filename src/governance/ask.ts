import type { Intent, PerformOptions } from '../domain/action.ts';
import type { Decision } from '../domain/decision.ts';
import { factors } from '../domain/decision.ts';
import type { Case } from './case.ts';
import { mayStand } from './decide.ts';
import { examine } from './examine.ts';
import type { Way } from './governor.ts';
import { makeQuestion } from './question.ts';
import { type Refused, refused } from './request.ts';

/** What came of asking: the case as it is now with what is spent on it, or why not. */
export type Asked =
  | { readonly refused: Refused }
  | {
      readonly found: Case;
      readonly yes: { readonly approval?: string; readonly standing?: string };
    };

/** Looks for a standing approval, else asks the owner; on a yes looks again: only what was shown is run. */
export async function askOwner(
  way: Way,
  { intent, found }: { readonly intent: Intent; readonly found: Case },
  options: PerformOptions & { readonly signal: AbortSignal },
): Promise<Asked> {
  const { deps } = way;
  if (mayStand(found.decision, found.agent?.maturity ?? 'student')) {
    const standing = await deps.standing.covering(found);
    if (standing) return { found, yes: { standing: standing.id } };
  }
  const approval = await makeQuestion(deps, found);
  deps.log.info(`asking: approval ${approval.card.code}`, {
    approval: approval.id,
    words: [...approval.card.words],
  });
  const answer = await deps.approvals.ask(approval, options.signal);
  deps.log.info(`approval ${approval.card.code} ${answer}`, { approval: approval.id });
  if (answer === 'denied') await deps.conduct({ kind: 'denied', request: found.request });
  if (answer !== 'approved') return { refused: NOT_APPROVED[answer] };
  const again = await examine(deps, way, intent);
  if (again.digest !== found.digest || isStricter(again.decision, found.decision))
    return { refused: CHANGED };
  return { found: again, yes: { approval: approval.id } };
}

const NOT_APPROVED = {
  denied: refused('denied', 'You said no.'),
  expired: refused('expired', 'Nobody answered in time, so it was not done.'),
  void: refused('stopped', 'Stopped before you answered.'),
} as const;

const CHANGED = refused(
  'blocked',
  'Something changed between your yes and the run, so it was not run. Ask again.',
);

const isStricter = (now: Decision, before: Decision): boolean =>
  now.verdict === 'deny' || factors.indexOf(now.factor) > factors.indexOf(before.factor);
