import { partsOfModel } from '../domain/provider.ts';

/** US dollars for a million tokens, in and out. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** For what is read from the provider's cache; as much as `input` where it is left out. */
  readonly cached?: number | undefined;
}

/**
 * List prices of models by their provider and the beginning of their names, a date or `latest` may follow.
 * Looked up on 2026-11-26 in published tables of the pages platform.claude.com/docs/en/about-claude/pricing
 * and developers.openai.com/api/docs/pricing, on 2026-11-27 in published copies (of October 2026) of
 * ai.google.dev/gemini-api/docs/pricing. Where a price rises with the length of the prompt, or at the end
 * of the year, the higher one stands here, if it is known.
 */
export const PRICES: Readonly<Record<string, Readonly<Record<string, Price>>>> = {
  anthropic: {
    'claude-fable-5-1': { input: 10, output: 50 },
    'claude-fable-5': { input: 10, output: 50 },
    'claude-opus-5-5': { input: 4, output: 20 },
    'claude-opus-5': { input: 5, output: 25 },
    'claude-opus-4-8': { input: 5, output: 25 },
    'claude-opus-4-7': { input: 5, output: 25 },
    'claude-opus-4-6': { input: 5, output: 25 },
    'claude-opus-4-5': { input: 5, output: 25 },
    'claude-opus-4-1': { input: 15, output: 75 },
    'claude-sonnet-5-5': { input: 2, output: 10 },
    'claude-sonnet-5': { input: 2, output: 10 },
    'claude-sonnet-4-6': { input: 3, output: 15 },
    'claude-sonnet-4-5': { input: 3, output: 15 },
    'claude-haiku-5-5': { input: 0.5, output: 2.5 },
    'claude-haiku-4-5': { input: 1, output: 5 },
  },
  openai: {
    'gpt-6-astra': { input: 10, output: 50 },
    'gpt-6-sol': { input: 2, output: 10 },
    'gpt-6.1-sol': { input: 2, output: 10 },
    'gpt-6-luna': { input: 0.1, output: 0.5 },
    'gpt-5.5': { input: 5, output: 30 },
    'gpt-5.4': { input: 2.5, output: 15 },
    'gpt-5.4-mini': { input: 0.75, output: 4.5 },
    'gpt-5': { input: 1.25, output: 10 },
    'gpt-5-mini': { input: 0.25, output: 2 },
    'gpt-5-nano': { input: 0.05, output: 0.4 },
    'gpt-4.1': { input: 2, output: 8 },
    'gpt-4.1-mini': { input: 0.4, output: 1.6 },
    'gpt-4.1-nano': { input: 0.1, output: 0.4 },
    'gpt-4o': { input: 2.5, output: 10 },
    'gpt-4o-mini': { input: 0.15, output: 0.6 },
    'o4-mini': { input: 1.1, output: 4.4 },
    o3: { input: 2, output: 8 },
  },
  google: {
    'gemini-3.8-flash': { input: 1.5, output: 7.5 },
    'gemini-3.5-flash': { input: 1.5, output: 9 },
    'gemini-3.5-flash-lite': { input: 0.3, output: 2.5 },
    'gemini-3.1-pro-preview': { input: 4, output: 18 },
    'gemini-2.5-pro': { input: 2.5, output: 15 },
    'gemini-2.5-flash': { input: 0.3, output: 2.5 },
    'gemini-2.5-flash-lite': { input: 0.1, output: 0.4 },
  },
};

/** What a model that nobody named here is taken to cost: more than nearly all do. */
export const UNKNOWN_PRICE: Price = { input: 15, output: 75 };
export const FREE: Price = { input: 0, output: 0 };

/** A snapshot of the same model: `-20251101`, `-2026-04-01`, `-latest`. A variant is another model. */
const SNAPSHOT = /^(?:-\d{8}|-\d{4}-\d{2}-\d{2}|-latest)?$/;

/**
 * The list price of a model; undefined where it is not known. OpenRouter takes what the provider itself does
 * (openrouter.ai/docs/faq, looked up on 2026-11-27), and writes the provider before the model.
 */
export function listPrice(provider: string, model: string): Price | undefined {
  if (provider === 'openrouter') {
    const { provider: maker, model: theirs } = partsOfModel(model);
    // Anthropic's own names have dashes where OpenRouter writes a dot.
    return maker === 'openrouter'
      ? undefined
      : listPrice(maker, maker === 'anthropic' ? theirs.replaceAll('.', '-') : theirs);
  }
  const rows = Object.hasOwn(PRICES, provider) ? (PRICES[provider] ?? {}) : {};
  const known = Object.keys(rows).find(
    (name) => model.startsWith(name) && SNAPSHOT.test(model.slice(name.length)),
  );
  return known === undefined ? undefined : rows[known];
}
