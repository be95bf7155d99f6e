import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Outcome } from '../domain/action.ts';
import type { Completion, CompletionRequest } from '../domain/completion.ts';
import type { ToolCall } from '../domain/session.ts';
import { type Asker, askInTurn } from './ask-in-turn.ts';
import { fitted } from './fit.ts';
import { createRoom, fittingOf, frameOf } from './model-room.ts';
import type { PlanInput, Planner } from './planner.ts';
import type { PromptFacts } from './prompt.ts';
import { guessRequest } from './tokens.ts';

export interface ModelPlannerDeps extends Asker {
  /** How many tokens the model takes, its answer included; `CAREFUL_WINDOW` where nobody knows. */
  readonly window?: number;
  readonly facts: () => PromptFacts;
}

const completion = z.object({
  text: z.string(),
  calls: z.array(z.object({ id: z.string(), tool: z.string(), input: z.json() })),
  usage: z.object({ input: z.number().optional() }).optional(),
  provider: z.object({ model: z.string(), parts: z.json() }).exactOptional(),
}) as z.ZodType<Pick<Completion, 'text' | 'calls' | 'provider'> & { usage?: Completion['usage'] }>;

/** A planner that asks a model, through the same door as every other action. */
export const createModelPlanner = (deps: ModelPlannerDeps): Planner => ({
  name: deps.model,
  sees: 'conversation',
  room: createRoom(deps),
  plan: async (input, signal, onText) => {
    const context = { session: input.session, event: input.event };
    // What was answered before more was said is no answer to all of it: that is another question.
    const step = input.more === 0 ? `${input.step}` : `${input.step}+${input.more}`;
    const request = requestOf(deps, input);
    const question = { context, id: `${input.event}:model-${step}`, onText, request };
    const { outcome, by } = await askInTurn(deps, question, signal);
    if (!outcome.ok) throw failureOf(outcome, deps.model);
    const { text, calls, provider, usage } = completion.parse(outcome.value);
    const aside =
      by === deps.model ? {} : { aside: `(${deps.model} did not answer, so ${by} did.)` };
    if (calls.length === 0 && text.trim() === '') return { text: '(no answer)', calls, ...aside };
    // What another model counts says nothing of this one.
    const told = by === deps.model ? usage?.input : undefined;
    return {
      text,
      format: 'markdown',
      ...aside,
      ...(provider && { provider }),
      calls: calls.map((call, index) => ({ ...call, id: safeId(call, index, input) })),
      ...(told === undefined ? {} : { used: { told, guessed: guessRequest(request) } }),
    };
  },
});

function requestOf(deps: ModelPlannerDeps, input: PlanInput): Omit<CompletionRequest, 'model'> {
  const frame = frameOf(deps, input);
  return { ...frame, messages: fitted(input.transcript, fittingOf(deps, input, frame)) };
}

/** What a provider says may be anybody's words. */
function failureOf({ reason, message, from }: Refused, model: string): AtomError {
  return new AtomError(codeOf(reason), message, from === undefined ? {} : { quotes: model });
}

type Refused = Outcome & { readonly ok: false };

/** `blocked` is what atom itself says; anything else may quote the provider. */
const codeOf = (reason: string): 'blocked' | 'failed' =>
  ['policy', 'blocked', 'limited', 'halted'].includes(reason) ? 'blocked' : 'failed';

/** Providers take at most this many characters, of letters, digits, `_` and `-`. */
const ID_LENGTH = 40;

/**
 * The provider's id, made safe and unique in the turn: some servers number calls anew in every answer,
 * and an id that came before would be answered from the record.
 */
function safeId({ id }: ToolCall, index: number, { step }: PlanInput): string {
  const safe = Array.from(id).filter(isSafe).join('');
  return `${step}-${index}-${safe}`.slice(0, ID_LENGTH);
}

const isSafe = (char: string): boolean =>
  (char >= 'a' && char <= 'z') ||
  (char >= 'A' && char <= 'Z') ||
  (char >= '0' && char <= '9') ||
  char === '_' ||
  char === '-';
