import type { Json } from '../base/json.ts';
import type { IntentContext, Outcome, Perform, PerformOptions } from '../domain/action.ts';
import type { CompletionRequest, ModelMessage } from '../domain/completion.ts';

/** Who is asked: a model, and others where it cannot answer. */
export interface Asker {
  readonly perform: Perform;
  /** `provider/model`. */
  readonly model: string;
  /** Asked in turn, each through the governor by itself, where nothing was said yet. */
  readonly fallbacks?: readonly string[];
  /** Told why a model was passed over; the words may be its provider's. */
  readonly onPassedOver?: (model: string, why: string) => void;
}

export interface ModelQuestion {
  /** What the ids of its intents begin with. */
  readonly id: string;
  readonly context: IntentContext;
  readonly request: Omit<CompletionRequest, 'model'>;
  readonly onText: (text: string) => void;
}

/** `by`: the model that answered, or that was asked last. */
export interface AskedInTurn {
  readonly outcome: Outcome;
  readonly by: string;
}

/**
 * Asks one model after the other until one answers. The first gives way only where its provider is at
 * fault and nothing was said; where nobody answers, its failure is told, and what became of the others.
 */
export async function askInTurn(
  asker: Asker,
  question: ModelQuestion,
  signal: AbortSignal,
): Promise<AskedInTurn> {
  let said = false;
  const onUpdate: PerformOptions['onUpdate'] = ({ stream, text }) => {
    if (stream !== 'text') return;
    said = true;
    question.onText(text);
  };
  const missed: Missed[] = [];
  for (const model of [asker.model, ...(asker.fallbacks ?? [])]) {
    const outcome = await ask(asker, nthQuestion(question, model, missed.length), {
      signal,
      onUpdate,
    });
    if (outcome.ok) return { outcome, by: model };
    const ownFault = missed.length === 0 && outcome.ending !== 'start';
    missed.push({ model, outcome });
    if (ownFault || said || signal.aborted) break;
    asker.onPassedOver?.(model, outcome.message);
  }
  return nobody(missed);
}

interface Missed {
  readonly model: string;
  readonly outcome: Outcome & { readonly ok: false };
}

function nobody(missed: readonly Missed[]): AskedInTurn {
  const [first, ...others] = missed;
  if (first === undefined) throw new Error('nobody was asked');
  const told = others.map(({ model, outcome }) => `${model}: ${outcome.message}`);
  const from = missed.map(({ outcome }) => outcome.from).find((label) => label !== undefined);
  const message = [first.outcome.message, ...told].join('\n');
  return { by: first.model, outcome: { ...first.outcome, message, ...(from && { from }) } };
}

interface NthQuestion {
  readonly id: string;
  readonly context: IntentContext;
  readonly resource: CompletionRequest;
}

/** The same question to another model: it is not told what the one before wants back. */
function nthQuestion(
  { id, context, request }: ModelQuestion,
  model: string,
  nth: number,
): NthQuestion {
  const messages = request.messages.map((message) => forModel(message, model));
  const resource = { ...request, model, messages };
  return { context, resource, id: nth === 0 ? id : `${id}~${nth}` };
}

function forModel(message: ModelMessage, model: string): ModelMessage {
  if (message.role !== 'assistant' || message.provider?.model === model) return message;
  const { provider: _, ...plain } = message;
  return plain;
}

/** How often a model is asked again where an earlier try was cut off by a crash or a stop. */
const TRIES = 3;

/**
 * A question to a model does no harm twice, so where the record says that it was begun and not
 * whether it was answered, it is asked anew under an id of its own.
 */
async function ask(
  { perform }: Asker,
  { id, context, resource }: NthQuestion,
  options: PerformOptions,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await perform(
      {
        id: `${id}-${attempt}`,
        action: 'llm.complete',
        context,
        resource: resource as unknown as Json,
      },
      options,
    );
    const cutOff = !outcome.ok && (outcome.reason === 'uncertain' || outcome.reason === 'stopped');
    if (!cutOff || options.signal?.aborted === true || attempt === TRIES) return outcome;
  }
}
