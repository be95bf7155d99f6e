import { AtomError, asAtomError } from '../base/errors.ts';
import { type Json, wellFormed } from '../base/json.ts';
import type {
  Action,
  ActionRequest,
  Intent,
  Outcome,
  Perform,
  PerformOptions,
  Prepared,
} from '../domain/action.ts';
import type { Principal } from '../domain/agent.ts';
import type { Decision } from '../domain/decision.ts';
import { complexityOf } from './complexity.ts';
import { decide } from './decide.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { makeQuestion } from './question.ts';
import { digestRequest, reasonsIn, refused } from './request.ts';
import { createRuns } from './runs.ts';
import { createUnderWay } from './under-way.ts';

/** One request with everything that was found out about it. */
interface Case {
  readonly action: Action;
  readonly request: ActionRequest;
  readonly prepared: Prepared;
  readonly decision: Decision;
  readonly digest: string;
}

export interface Governor {
  /** The way out for one principal. Whoever holds the result can be nobody else. */
  performAs(principal: Principal): Perform;
}

/** The one way out: every side effect of atom passes through the functions made here. */
export function createGovernor(deps: GovernorDeps): Governor {
  const runs = createRuns(deps);
  const underWay = createUnderWay();
  const perform = async (
    principal: Principal,
    intent: Intent,
    options: PerformOptions,
  ): Promise<Outcome> => {
    const earlier = await runs.earlier(intent);
    if (earlier) return earlier;
    const action = deps.actions.get(intent.action);
    if (!action)
      return refuse(deps, intent, refused('policy', `atom has no action called ${intent.action}.`));
    try {
      return await govern({ deps, runs, action, principal }, intent, options);
    } catch (error) {
      return refuse(deps, intent, outcomeOf(error));
    }
  };
  return {
    performAs:
      (principal) =>
      (given, options = {}) => {
        // A copy: what the asker does to its own object later changes nothing here.
        const intent = wellFormed(given as unknown as Json) as unknown as Intent;
        return underWay.join(principal, intent, () => perform(principal, intent, options));
      },
  };
}

interface Way {
  readonly deps: GovernorDeps;
  readonly runs: ReturnType<typeof createRuns>;
  readonly action: Action;
  readonly principal: Principal;
}

async function govern(way: Way, intent: Intent, options: PerformOptions): Promise<Outcome> {
  const signal = options.signal ?? new AbortController().signal;
  const found = await examine(way, intent);
  const { verdict } = found.decision;
  way.deps.log.info(`decided ${verdict}: ${found.request.action}`, {
    verdict,
    complexity: found.decision.complexity,
    why: found.decision.matches.map(({ why }) => why),
  });
  if (verdict === 'deny') {
    return refuse(
      way.deps,
      intent,
      refused('policy', `Refused: ${reasonsIn(found.decision)}.`),
      found,
    );
  }
  if (verdict === 'allow') return way.runs.run(found, { signal, ...options });
  return asked(way, intent, found, { signal, ...options });
}

/** Asks the owner, and on a yes looks again: only what was shown is run. */
async function asked(
  way: Way,
  intent: Intent,
  found: Case,
  options: PerformOptions & { readonly signal: AbortSignal },
): Promise<Outcome> {
  const approval = await makeQuestion(way.deps, found);
  way.deps.log.info(`asking: approval ${approval.card.code}`, {
    approval: approval.id,
    words: [...approval.card.words],
  });
  const answer = await way.deps.approvals.ask(approval, options.signal);
  way.deps.log.info(`approval ${approval.card.code} ${answer}`, { approval: approval.id });
  if (answer !== 'approved') return refuse(way.deps, intent, NOT_APPROVED[answer], found);
  const again = await examine(way, intent);
  const { verdict, factor } = again.decision;
  const stricter = verdict === 'deny' || (factor === 'typed' && found.decision.factor === 'tap');
  if (again.digest !== found.digest || stricter) {
    return refuse(
      way.deps,
      intent,
      refused(
        'blocked',
        'Something changed between your yes and the run, so it was not run. Ask again.',
      ),
      again,
    );
  }
  return way.runs.run(again, { ...options, approval: approval.id });
}

const NOT_APPROVED = {
  denied: refused('denied', 'You said no.'),
  expired: refused('expired', 'Nobody answered in time, so it was not done.'),
  void: refused('stopped', 'Stopped before you answered.'),
} as const;

async function examine({ deps, action, principal }: Way, intent: Intent): Promise<Case> {
  const agent = await deps.agent(principal);
  const labels = await deps.labels(intent.context);
  const prepared = await action.prepare(intent.resource, agent);
  const { complexity, reasons } = complexityOf(action.name, prepared);
  // Four fields are the asker's; everything else is looked up here.
  const request: ActionRequest = Object.freeze({
    id: intent.id,
    action: intent.action,
    resource: prepared.resource,
    context: Object.freeze({ ...intent.context }),
    principal,
    labels,
  });
  const decision = decide({
    action: action.name,
    principal,
    maturity: agent?.maturity,
    complexity,
    reasons,
    labels,
  });
  return { action, request, prepared, decision, digest: digestRequest(request, prepared) };
}

/** Puts a refusal on the record and hands it back. */
async function refuse(
  deps: GovernorDeps,
  intent: Intent,
  outcome: Outcome & { ok: false },
  found?: Case,
): Promise<Outcome> {
  const body: Json = {
    intent: intent.id,
    action: intent.action,
    reason: outcome.reason,
    message: outcome.message,
    digest: found?.digest ?? null,
  };
  await deps.store.tx((sql) => deps.audit(sql, 'refused', body));
  deps.log.warn(`refused ${intent.action}: ${outcome.message}`, { reason: outcome.reason });
  return outcome;
}

/** What an executor says cannot be done is an answer; what the store or a fault says is not. */
function outcomeOf(error: unknown): Outcome & { ok: false } {
  const { code, message, next } = asAtomError(error);
  const words = [message, ...next].join('\n');
  if (code === 'blocked' || code === 'unavailable') return refused('blocked', words);
  if (error instanceof AtomError) return refused('failed', words);
  throw error;
}
