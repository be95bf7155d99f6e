import type { LanguageModelUsage, TextStreamPart, ToolSet } from 'ai';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { visible } from '../base/visible.ts';
import type { Update } from '../domain/action.ts';
import {
  type Completion,
  type CompletionRequest,
  MOST_OUTPUT_TOKENS,
  type TokensUsed,
} from '../domain/completion.ts';
import { openModel } from './open-model.ts';
import { createPatience } from './patience.ts';
import type { ModelPlace } from './place.ts';
import { keptOf } from './provider-parts.ts';
import { sdkMessages, sdkTools } from './wire.ts';

export interface Question {
  readonly request: CompletionRequest;
  readonly place: ModelPlace;
  readonly key: string | undefined;
}

/**
 * One answer of a model, streamed. Throws what the SDK throws, and AtomError `failed` where the model took
 * too long.
 */
export async function answerOf(
  { request, place, key }: Question,
  signal: AbortSignal,
  onUpdate: Update,
): Promise<Completion> {
  const { streamText } = await import('ai');
  // Its warnings go to the terminal, past the log.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const patience = createPatience(place);
  const result = streamText({
    model: await openModel(place, key),
    instructions: request.system,
    messages: sdkMessages(request.messages, request.model),
    tools: await sdkTools(request.tools),
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    // Nothing is left with the provider: what it needs again comes back to us, sealed.
    ...(place.api === 'responses' ? { providerOptions: { openai: { store: false } } } : {}),
    abortSignal: AbortSignal.any([signal, patience.signal]),
    // Asked again, where that may help, by us: what failed is kept, and nothing is said twice.
    maxRetries: 0,
    // Errors are read off the stream below; the default would print them, request and all.
    onError: () => undefined,
  });
  try {
    let answer: Completion = { text: '', calls: [], usage: {} };
    for await (const part of result.stream) {
      // What came with the last word is not told any more, either.
      signal.throwIfAborted();
      if (CONTENT.has(part.type)) patience.heard();
      answer = add(answer, part, place);
      if (part.type === 'text-delta') onUpdate({ stream: 'text', text: part.text });
    }
    signal.throwIfAborted();
    return { ...answer, ...keptOf(request.model, await result.responseMessages) };
  } catch (thrown) {
    throw patience.signal.aborted ? patience.signal.reason : thrown;
  } finally {
    patience.end();
  }
}

/** What a model is at work with: a word, a thought or a call. */
const CONTENT: ReadonlySet<string> = new Set<TextStreamPart<ToolSet>['type']>([
  ...(['text-delta', 'reasoning-delta', 'tool-input-delta', 'tool-call'] as const),
]);

function add(
  answer: Completion,
  part: TextStreamPart<ToolSet>,
  { provider }: ModelPlace,
): Completion {
  switch (part.type) {
    case 'text-delta':
      return { ...answer, text: answer.text + part.text };
    case 'tool-call': {
      const call = { id: part.toolCallId, tool: part.toolName, input: part.input as Json };
      return { ...answer, calls: [...answer.calls, call] };
    }
    case 'finish':
      if (part.finishReason === 'error') throw brokenOff(provider, part.rawFinishReason);
      return { ...answer, usage: usageOf(part.totalUsage) };
    case 'error':
      throw part.error;
    case 'abort':
      throw new AtomError('failed', `${provider} broke off its answer.`);
    default:
      return answer;
  }
}

/** Some providers end an answer that went wrong with a word for it, and no error. */
const brokenOff = (provider: string, why = 'it did not say why'): AtomError =>
  new AtomError('failed', `${provider} broke off its answer: ${visible(why)}`, {
    next: ['Try again.'],
    quotes: provider,
  });

/** As far as the provider says. */
function usageOf(told: LanguageModelUsage): TokensUsed {
  const all = {
    input: told.inputTokens,
    output: told.outputTokens,
    cached: told.inputTokenDetails?.cacheReadTokens,
    reasoning: told.outputTokenDetails?.reasoningTokens,
  };
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== undefined));
}
