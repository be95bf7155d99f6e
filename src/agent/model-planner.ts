import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Outcome } from '../domain/action.ts';
import type { Completion, CompletionRequest } from '../domain/completion.ts';
import type { ToolCall } from '../domain/session.ts';
import { type Asker, askInTurn } from './ask-in-turn.ts';
import { modelMessages } from './model-messages.ts';
import type { PlanInput, Planner } from './planner.ts';
import { type PromptFacts, systemPrompt } from './prompt.ts';

export interface ModelPlannerDeps extends Asker {
  readonly facts: () => PromptFacts;
}

const completion = z.object({
  text: z.string(),
  calls: z.array(z.object({ id: z.string(), tool: z.string(), input: z.json() })),
  provider: z.object({ model: z.string(), parts: z.json() }).exactOptional(),
}) as z.ZodType<Pick<Completion, 'text' | 'calls' | 'provider'>>;

/** A planner that asks a model, through the same door as every other action. */
export const createModelPlanner = (deps: ModelPlannerDeps): Planner => ({
  name: deps.model,
  sees: 'conversation',
  plan: async (input, signal, onText) => {
    const context = { session: input.session, event: input.event };
    // What was answered before more was said is no answer to all of it: that is another question.
    const step = input.more === 0 ? `${input.step}` : `${input.step}+${input.more}`;
    const question = {
      ...{ context, id: `${input.event}:model-${step}`, onText },
      request: requestOf(deps.facts(), input),
    };
    const { outcome, by } = await askInTurn(deps, question, signal);
    if (!outcome.ok) throw failureOf(outcome, deps.model);
    const { text, calls, provider } = completion.parse(outcome.value);
    const aside =
      by === deps.model ? {} : { aside: `(${deps.model} did not answer, so ${by} did.)` };
    if (calls.length === 0 && text.trim() === '') return { text: '(no answer)', calls, ...aside };
    return {
      ...{ text, format: 'markdown', ...aside, ...(provider && { provider }) },
      calls: calls.map((call, index) => ({ ...call, id: safeId(call, index, input) })),
    };
  },
});

const requestOf = (facts: PromptFacts, input: PlanInput): Omit<CompletionRequest, 'model'> => ({
  system: systemPrompt(facts),
  messages: modelMessages(input.transcript),
  tools: input.tools.map(({ name, description, input: schema }) => ({
    name,
    description,
    input: schema,
  })),
});

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
