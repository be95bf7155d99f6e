import { type Json, wellFormed } from '../base/json.ts';
import type { Intent, Outcome, Perform, PerformOptions } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import { askOwner } from './ask.ts';
import { examine } from './examine.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { chatGate } from './people/chat-gate.ts';
import { forbid, refuse, refuseFault } from './refuse.ts';
import { type Refused, refused } from './request.ts';
import { createRuns } from './runs.ts';
import { createUnderWay } from './under-way.ts';
import type { Way } from './way.ts';

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
      const outcome = await govern({ deps, runs, action, principal }, intent, options);
      runs.nested.note(intent, outcome);
      return outcome;
    } catch (error) {
      return refuseFault(deps, { principal, intent }, error);
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

async function govern(way: Way, intent: Intent, options: PerformOptions): Promise<Outcome> {
  const { deps, runs } = way;
  const halt = await deps.halted();
  if (halt !== undefined && !mayWhileHalted(way))
    return refuse(deps, intent, refused('halted', halt));
  const stranger = await chatGate(deps, way.principal, intent);
  if (stranger) return refuse(deps, intent, stranger);
  const signal = options.signal ?? new AbortController().signal;
  const found = await examine(deps, way, intent);
  const { decision, request, agent } = found;
  const outside = options.within?.(found.prepared);
  if (outside !== undefined) return refuse(deps, intent, refused('policy', outside), found);
  deps.log.info(`decided ${decision.verdict}: ${request.action}`, {
    verdict: decision.verdict,
    complexity: decision.complexity,
    why: decision.matches.map(({ why }) => why),
  });
  if (agent?.paused === true) return refuse(deps, intent, pausedNow(agent), found);
  if (decision.verdict === 'deny') return forbid(deps, intent, found);
  const asked =
    decision.verdict === 'allow'
      ? { found, yes: {} }
      : await askOwner(way, { intent, found }, { signal, ...options });
  if ('refused' in asked) return refuse(deps, intent, asked.refused, found);
  // Whoever asked may have been let go while the question waited.
  const gone = await chatGate(deps, way.principal, intent);
  if (gone) return refuse(deps, intent, gone, asked.found);
  const { agent: now } = asked.found;
  if (now?.paused === true) return refuse(deps, intent, pausedNow(now), asked.found);
  const outcome = await runs.run(asked.found, { signal, ...options, ...asked.yes });
  // Nothing that was begun ends like this, so nothing else says it.
  return !outcome.ok && outcome.reason === 'limited'
    ? refuse(deps, intent, outcome, found)
    : outcome;
}

const pausedNow = ({ name }: Agent): Refused => refused('halted', `${name} is paused.`);

/** Only this goes on meanwhile: that the owner ends the halt, and that atom tells of it. */
const mayWhileHalted = ({ principal: { kind }, action: { name } }: Way): boolean =>
  (kind === 'owner' && name === 'halt.resume') || (kind === 'system' && name === 'feed.post');
