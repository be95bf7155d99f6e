import type { LanguageModelUsage, TextStreamPart, ToolSet } from 'ai';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, Prepared, Update } from '../domain/action.ts';
import {
  type Completion,
  type CompletionRequest,
  MOST_OUTPUT_TOKENS,
  type TokensUsed,
} from '../domain/completion.ts';
import { redeem } from '../governance/grant.ts';
import {
  isHere,
  type KeyOf,
  type ModelPlace,
  type ModelSettings,
  openModel,
  placeOf,
} from './open-model.ts';
import { type PersistDeps, persistently } from './persist.ts';
import { inWords } from './provider-error.ts';
import { completionRequest, sdkMessages, sdkTools } from './wire.ts';

export interface LlmDeps extends PersistDeps {
  readonly key: KeyOf;
  readonly models: ModelSettings;
}

/** Long enough for a slow local model to think, short enough that nobody waits for ever. */
const TIMEOUT = { totalMs: 600_000, chunkMs: 180_000 };

/**
 * The action `llm.complete`: asks one model once. The resource is a CompletionRequest, the result a
 * Completion; text is streamed as `text`. Tool calls are handed back and never made here.
 */
export const createLlm = (deps: LlmDeps): Action => ({
  name: 'llm.complete',
  prepare: async (resource) => prepare(parse(resource), deps),
  execute: async (grant, signal, onUpdate) => {
    const request = parse(redeem(grant).prepared.resource);
    const place = placeOf(request.model, deps.models);
    const key = await deps.key(place.provider);
    try {
      return (await ask(deps, { request, place, key }, { signal, onUpdate })) as unknown as Json;
    } catch (thrown) {
      throw signal.aborted ? signal.reason : await inWords(thrown, place, key);
    }
  },
});

function parse(resource: Json): CompletionRequest {
  const parsed = completionRequest.safeParse(resource);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AtomError(
    'usage',
    `Not a request to a model: ${issue?.path.join('.')} ${issue?.message}`,
  );
}

function prepare(request: CompletionRequest, { models }: LlmDeps): Prepared {
  const { provider, baseUrl } = placeOf(request.model, models);
  const count = request.messages.length;
  return {
    resource: request as unknown as Json,
    facts: { provider, baseUrl },
    leaves: isHere(baseUrl) ? 'nobody' : 'provider',
    // What a model says changes nothing; what it asks for is decided on its own.
    declared: { complexity: 1, why: 'asks the model that you chose' },
    card: {
      kind: 'model',
      words: [`Ask ${request.model}`],
      may: [`Send this conversation (${count} messages) to ${baseUrl}`],
      undo: 'What was sent cannot be taken back.',
    },
  };
}

interface Listening {
  readonly signal: AbortSignal;
  readonly onUpdate: Update;
}

function ask(
  deps: LlmDeps,
  question: Question,
  { signal, onUpdate }: Listening,
): Promise<Completion> {
  const { provider, needsKey, baseUrl } = question.place;
  let said = false;
  const told: Update = (part) => {
    said = true;
    onUpdate(part);
  };
  const asking = {
    ...{ provider, again: needsKey && !isHere(baseUrl), began: () => said },
    ask: () => complete(question, signal, told),
  };
  return persistently(deps, asking, signal);
}

interface Question {
  readonly request: CompletionRequest;
  readonly place: ModelPlace;
  readonly key: string | undefined;
}

async function complete(
  { request, place, key }: Question,
  signal: AbortSignal,
  onUpdate: Update,
): Promise<Completion> {
  const { streamText } = await import('ai');
  // Its warnings go to the terminal, past the log.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const { stream } = streamText({
    model: await openModel(place, key),
    instructions: request.system,
    messages: sdkMessages(request.messages),
    tools: await sdkTools(request.tools),
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    abortSignal: signal,
    timeout: TIMEOUT,
    // Asked again, where that may help, by us: what failed is kept, and nothing is said twice.
    maxRetries: 0,
    // Errors are read off the stream below; the default would print them, request and all.
    onError: () => undefined,
  });
  let answer: Completion = { text: '', calls: [], usage: {} };
  for await (const part of stream) {
    answer = add(answer, part);
    if (part.type === 'text-delta') onUpdate({ stream: 'text', text: part.text });
  }
  signal.throwIfAborted();
  return answer;
}

function add(answer: Completion, part: TextStreamPart<ToolSet>): Completion {
  switch (part.type) {
    case 'text-delta':
      return { ...answer, text: answer.text + part.text };
    case 'tool-call': {
      const call = { id: part.toolCallId, tool: part.toolName, input: part.input as Json };
      return { ...answer, calls: [...answer.calls, call] };
    }
    case 'finish':
      return { ...answer, usage: usageOf(part.totalUsage) };
    case 'error':
      throw part.error;
    case 'abort':
      throw new AtomError('failed', 'The model took too long to answer.');
    default:
      return answer;
  }
}

/** As far as the provider says. */
function usageOf(told: LanguageModelUsage): TokensUsed {
  const all = {
    ...{ input: told.inputTokens, output: told.outputTokens },
    cached: told.inputTokenDetails?.cacheReadTokens,
    reasoning: told.outputTokenDetails?.reasoningTokens,
  };
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== undefined));
}
