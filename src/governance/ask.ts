import type { Intent, PerformOptions } from '../domain/action.ts';
import { type Decision, factors } from '../domain/decision.ts';
import { cleanLabels, type Labels } from '../domain/label.ts';
import { answeredAhead, wasDenied } from '../store/tables/approvals.ts';
import type { Case } from './case.ts';
import { mayStand } from './decide.ts';
import { examine } from './examine.ts';
import { likenessOf } from './likeness.ts';
import { makeQuestion } from './question.ts';
import { type Refused, refused } from './request.ts';
import { writeUpfront } from './upfront.ts';
import type { Way } from './way.ts';

/** What came of asking: the case as it is now with what is spent on it, or why not. */
export type Asked =
  | { readonly refused: Refused }
  | {
      readonly found: Case;
      readonly yes: { readonly approval?: string; readonly standing?: string };
    };

/**
 * Gets a yes for what is asked about: one that stands, one that was given along with a like request,
 * or the owner's. What was denied before in the same task is denied again without a question.
 */
export async function askOwner(
  way: Way,
  asked: { readonly intent: Intent; readonly found: Case },
  options: PerformOptions & { readonly signal: AbortSignal },
): Promise<Asked> {
  const { deps } = way;
  const { found, intent } = asked;
  const ahead = await answeredAhead(deps.store, intent.id);
  if (ahead?.state === 'denied') return { refused: await worded(way, found, 'denied') };
  // Only a tap was asked for then: what needs more by now is asked about by itself.
  const isSame = ahead?.digest === found.digest && found.decision.factor === 'tap';
  if (ahead?.state === 'approved' && isSame) return { found, yes: { approval: ahead.id } };
  if (await isRepeat(way, found)) {
    await deps.conduct({ kind: 'repeated', request: found.request });
    return { refused: await worded(way, found, 'repeated') };
  }
  if (mayStand(found.decision, found.agent?.maturity ?? 'student')) {
    const standing = await deps.standing.covering(found);
    if (standing) return { found, yes: { standing: standing.id } };
  }
  return put(way, asked, options);
}

/** Puts the question, and on a yes looks again: only what was shown is run. */
async function put(
  way: Way,
  { intent, found }: { readonly intent: Intent; readonly found: Case },
  options: PerformOptions & { readonly signal: AbortSignal },
): Promise<Asked> {
  const { deps } = way;
  const { signal, upcoming = [] } = options;
  // An answer may take long, and what was asked about is known by what led to it.
  const not = await writeUpfront(deps, options);
  if (not) return { refused: not };
  const question = await makeQuestion(way, found, upcoming);
  const { id, card } = question.approval;
  deps.log.info(`asking: approval ${card.code}`, { approval: id, words: [...card.words] });
  const { state: answer, ...why } = await deps.approvals.ask(question, signal);
  deps.log.info(`approval ${card.code} ${answer}`, { approval: id });
  if (answer === 'denied') await deps.conduct({ kind: 'denied', request: found.request });
  if (answer !== 'approved') return { refused: await worded(way, found, answer, why) };
  const again = await examine(deps, way, intent);
  if (again.digest !== found.digest || isStricter(again.decision, found.decision))
    return { refused: CHANGED };
  return { found: again, yes: { approval: id } };
}

const isRepeat = async ({ deps }: Way, { request, subject }: Case): Promise<boolean> => {
  const task = request.context.event;
  return (
    task !== undefined &&
    (await wasDenied(deps.store, { task, likeness: likenessOf(request, subject) }))
  );
};

/** Why nothing came of a question, told to whoever asked for it: an owner, or somebody else. */
async function worded(
  { deps, principal }: Way,
  { request }: Case,
  what: keyof typeof NOT_APPROVED,
  why: { readonly reason?: string } = {},
): Promise<Refused> {
  const isOwner = principal.kind !== 'agent' || (await deps.role(request.context)) === 'owner';
  const { reason, own, others } = NOT_APPROVED[what];
  // What the owner says of it is theirs: whoever else the agent works for is not told.
  if (isOwner && why.reason !== undefined)
    return { ...refused(reason, `You said no: ${why.reason}`), from: { labels: OWNERS_WORDS } };
  // The same words each time: they tell nothing of what the question was about.
  return { ...refused(reason, isOwner ? own : others), from: { labels: cleanLabels } };
}

const OWNERS_WORDS: Labels = { integrity: 'owner', confidentiality: 'private' };

const LATE = 'Nobody answered in time, so it was not done.';

const NOT_APPROVED = {
  denied: { reason: 'denied', own: 'You said no.', others: 'The owner said no.' },
  expired: { reason: 'expired', own: LATE, others: LATE },
  void: {
    reason: 'stopped',
    own: 'Stopped before you answered.',
    others: 'Stopped before the owner answered.',
  },
  full: {
    reason: 'limited',
    own: 'Too many questions wait for you already, so this one was not asked. Answer those first: atom approvals list',
    others: 'Too many questions wait for the owner already, so this one was not asked.',
  },
  repeated: {
    reason: 'denied',
    own: 'You said no to this a moment ago, so it was not asked again.',
    others: 'The owner said no to this a moment ago, so it was not asked again.',
  },
} as const;

const CHANGED = refused(
  'blocked',
  'Something changed between your yes and the run, so it was not run. Ask again.',
);

const isStricter = (now: Decision, before: Decision): boolean =>
  now.verdict === 'deny' || factors.indexOf(now.factor) > factors.indexOf(before.factor);
