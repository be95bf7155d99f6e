import type { Json } from '../base/json.ts';
import type { ProviderPart, ToolCall } from './session.ts';

/** One message of a conversation, as a model is told it; each provider's wire format is made of these. */
export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly calls: readonly ToolCall[];
      readonly provider?: ProviderPart;
    }
  /** What came of the calls of the assistant message before; every call has exactly one result. */
  | { readonly role: 'tool'; readonly results: readonly ModelToolResult[] };

export interface ModelToolResult {
  readonly call: string;
  readonly tool: string;
  readonly text: string;
}

export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema. */
  readonly input: Json;
}

/** The resource of `llm.complete`. */
export interface CompletionRequest {
  /** `provider/model`. */
  readonly model: string;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
}

/** One answer is never longer: what it may cost is known, and reserved, before it is asked for. */
export const MOST_OUTPUT_TOKENS = 8192;

/** How many tokens a model takes of which nobody said it, its answer included: nearly every one takes more. */
export const CAREFUL_WINDOW = 32_768;

/** Tokens as a provider counts them; what it does not say is absent. */
export interface TokensUsed {
  /** All that was asked, what was read from the provider's cache as well. */
  readonly input?: number;
  /** All that was answered, thoughts as well. */
  readonly output?: number;
  /** Of `input`: read from the cache. */
  readonly cached?: number;
  /** Of `output`: thought, and not said. */
  readonly reasoning?: number;
}

/** The result of `llm.complete`. */
export interface Completion {
  readonly text: string;
  /** Ids and inputs are the provider's, unchecked. */
  readonly calls: readonly ToolCall[];
  readonly usage: TokensUsed;
  /** Absent where the provider wants nothing back. */
  readonly provider?: ProviderPart;
}
