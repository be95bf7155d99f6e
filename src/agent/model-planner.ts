import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Intent, Outcome, Perform, PerformOptions } from '../domain/action.ts';
import type { Completion, CompletionRequest } from '../domain/completion.ts';
import type { ToolCall } from '../domain/session.ts';
import { fitted } from './fit.ts';
import { createRoom, fittingOf, frameOf } from './model-room.ts';
import type { PlanInput, Planner } from './planner.ts';
import type { PromptFacts } from './prompt.ts';
import { guessRequest } from './tokens.ts';

export interface ModelPlannerDeps {
  readonly perform: Perform;
  /** `provider/model`. */
  readonly model: string;
  /** How many tokens the model takes, its answer included; `CAREFUL_WINDOW` where nobody knows. */
  readonly window?: number;
  readonly facts: () => PromptFacts;
}

const completion = z.object({
  text: z.string(),
  calls: z.array(z.object({ id: z.string(), tool: z.string(), input: z.json() })),
  usage: z.object({ input: z.number().optional() }).optional(),
}) as z.ZodType<Pick<Completion, 'text' | 'calls'> & { usage?: Completion['usage'] }>;

/** A planner that asks a model, through the same door as every other action. */
export const createModelPlanner = (deps: ModelPlannerDeps): Planner => ({
  name: deps.model,
  sees: 'conversation',
  room: createRoom(deps),
  plan: async (input, signal, onText) => {
    const onUpdate: PerformOptions['onUpdate'] = ({ stream, text }) => {
      if (stream === 'text') onText(text);
    };
    const request = requestOf(deps, input);
    const outcome = await ask(deps, { input, request }, { signal, onUpdate });
    if (!outcome.ok) throw new AtomError(codeOf(outcome.reason), outcome.message);
    const { text, calls, usage } = completion.parse(outcome.value);
    if (calls.length === 0 && text.trim() === '') return { text: '(no answer)', calls };
    const told = usage?.input;
    return {
      text,
      format: 'markdown',
      calls: calls.map((call, index) => ({ ...call, id: safeId(call, index, input) })),
      ...(told === undefined ? {} : { used: { told, guessed: guessRequest(request) } }),
    };
  },
});

function requestOf(deps: ModelPlannerDeps, input: PlanInput): CompletionRequest {
  const frame = frameOf(deps, input);
  const messages = fitted(input.transcript, fittingOf(deps, input, frame));
  return { model: deps.model, ...frame, messages };
}

/** How often a model is asked again where an earlier try was cut off by a crash or a stop. */
const TRIES = 3;

/**
 * A question to a model does no harm twice, so where the record says that it was begun and not
 * whether it was answered, it is asked anew under an id of its own.
 */
async function ask(
  { perform }: ModelPlannerDeps,
  { input, request }: { readonly input: PlanInput; readonly request: CompletionRequest },
  options: PerformOptions,
): Promise<Outcome> {
  // What was answered before more was said is no answer to all of it: that is another question.
  const step = input.more === 0 ? `${input.step}` : `${input.step}+${input.more}`;
  const { session, event } = input;
  for (let attempt = 1; ; attempt++) {
    const intent: Intent = {
      id: `${event}:model-${step}-${attempt}`,
      action: 'llm.complete',
      resource: request as unknown as Json,
      context: { session, event },
    };
    const outcome = await perform(intent, options);
    const cutOff = !outcome.ok && (outcome.reason === 'uncertain' || outcome.reason === 'stopped');
    if (!cutOff || options.signal?.aborted === true || attempt === TRIES) return outcome;
  }
}

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
