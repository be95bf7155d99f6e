import type { Action, ActionRequest, Intent, Prepared } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import type { Subject } from '../domain/subject.ts';
import type { Case } from './case.ts';
import { commandFacts } from './command-facts.ts';
import { complexityOf } from './complexity.ts';
import { decide } from './decide.ts';
import type { GovernorDeps, Origin } from './governor-deps.ts';
import { traitsOf } from './labels/traits.ts';
import { type Nested, seenToo } from './nested.ts';
import { digestRequest } from './request.ts';

interface Asking {
  readonly action: Action;
  readonly principal: Principal;
  readonly runs: { readonly nested: Pick<Nested, 'seenBy'> };
}

/**
 * Finds out everything about a request and decides. Has no side effect, so it can be done again after
 * the owner answered. Throws what the action's `prepare` throws.
 */
export async function examine(
  deps: GovernorDeps,
  { action, principal, runs }: Asking,
  intent: Intent,
): Promise<Case> {
  const { context } = intent;
  const agent = await deps.agent(principal, context);
  const seen = await runs.nested.seenBy(intent);
  const window = seenToo(await deps.window(context, principal), seen);
  const prepared = await action.prepare(intent.resource, agent, context);
  const { complexity, reasons, commands } = complexityOf(action.name, prepared);
  // Four fields are the asker's; everything else is looked up here.
  const request: ActionRequest = Object.freeze({
    id: intent.id,
    action: intent.action,
    resource: prepared.resource,
    context: Object.freeze({ ...context }),
    principal,
    labels: window.labels,
  });
  const subject = subjectOf(deps, {
    request,
    behalf: agent?.behalf,
    prepared,
    commands: [...commands, ...(prepared.aliases ?? [])],
    origin: await deps.origin(context),
  });
  const decision = decide({
    principal,
    maturity: agent?.maturity,
    behalf: agent?.behalf,
    complexity,
    reasons,
    subject,
    window,
    targets: prepared.targets ?? [],
    leaves: prepared.leaves,
    speaksTo: prepared.speaksTo,
    sends: prepared.sends,
    asks: prepared.asks,
    shown: mayCarryAway(action.name, prepared)
      ? (await deps.held(intent.id, prepared)).secrets
      : [],
    bySkill: context.skill !== undefined,
    rules: deps.rules(),
    secondFactor: await deps.secondFactor(),
  });
  const digest = digestRequest(request, prepared);
  return { action, request, prepared, agent, subject, decision, digest };
}

/** True where what it reads may leave with it. */
const mayCarryAway = (action: string, { speaksTo = [] }: Prepared): boolean =>
  speaksTo.length > 0 || traitsOf(action).sends;

interface Found {
  readonly request: ActionRequest;
  readonly prepared: Prepared;
  readonly behalf: Agent['behalf'];
  readonly commands: Subject['commands'];
  readonly origin: Origin;
}

function subjectOf(
  { clock }: GovernorDeps,
  { request, prepared, behalf, commands, origin }: Found,
): Subject {
  const { action, principal } = request;
  const now = new Date(clock.now());
  const real = commandFacts(prepared)?.program.real;
  return {
    action,
    commands,
    minute: now.getHours() * 60 + now.getMinutes(),
    ...(principal.kind === 'agent' ? { agent: principal.id } : {}),
    ...(behalf === undefined ? {} : { behalf }),
    ...(real === undefined ? {} : { real }),
    ...(prepared.jail === undefined ? {} : { jail: prepared.jail }),
    ...(origin.channel === undefined ? {} : { channel: origin.channel }),
    ...(origin.sender === undefined ? {} : { sender: origin.sender }),
  };
}
