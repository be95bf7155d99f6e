import type { ActionRequest, Outcome } from '../domain/action.ts';
import { MOST_OUTPUT_TOKENS } from '../domain/completion.ts';
import { guessTokens } from '../domain/tokens.ts';
import { isKnown, type ModelSettings, placeOf, settingsOf } from './place.ts';
import { FREE, listPrice, type Price, UNKNOWN_PRICE } from './prices.ts';
import { completion, completionRequest } from './wire.ts';

/** What models take: money in millionths of the currency, and tokens, asked and answered together. */
export interface Cost {
  readonly money: number;
  readonly tokens: number;
}

/** What an action costs. Only models cost anything. */
export interface Costs {
  /** The most it may cost, before it is done: what is asked, guessed, and the longest answer. Rounded up. */
  most(request: ActionRequest): Cost;
  /** What it did cost; undefined where nobody can tell, and for what costs nothing in any case. */
  paid(request: ActionRequest, outcome: Outcome): Cost | undefined;
}

const NOTHING: Cost = { money: 0, tokens: 0 };

export const createCosts = (models: ModelSettings): Costs => ({
  most: ({ action, resource }) => {
    if (action !== 'llm.complete') return NOTHING;
    const { model, ...asked } = completionRequest.parse(resource);
    // Written as JSON it is longer than what is sent.
    const input = Math.ceil(guessTokens(JSON.stringify(asked)));
    return costOf(priceOf(model, models), { input, output: MOST_OUTPUT_TOKENS });
  },
  paid: ({ action, resource }, outcome) => {
    if (action !== 'llm.complete') return undefined;
    // Never reached, so never billed.
    if (!outcome.ok) return outcome.reason === 'blocked' ? NOTHING : undefined;
    const { input, output, cached } = completion.parse(outcome.value).usage;
    if (input === undefined || output === undefined) return undefined;
    const { model } = completionRequest.parse(resource);
    return costOf(priceOf(model, models), { input, output, cached });
  },
});

/** Tokens of answers; `cached` is part of `input`. */
interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cached?: number | undefined;
}

/** What an answer of a model costs now, in millionths; 0 where nobody knows its provider any more. */
export function costOfTokens(model: string, tokens: Tokens, models: ModelSettings): number {
  const provider = model.split('/', 1)[0] ?? '';
  return isKnown(provider, models) ? costOf(priceOf(model, models), tokens).money : 0;
}

/** The owner's own price of a provider, else nothing on this machine, else the list. */
function priceOf(id: string, models: ModelSettings): Price {
  return knownPrice(id, models) ?? UNKNOWN_PRICE;
}

/** The same, undefined where nobody knows it. Throws AtomError `config` for a provider that is not known. */
export function knownPrice(id: string, models: ModelSettings): Price | undefined {
  const { provider, model, needsKey } = placeOf(id, models);
  return settingsOf(provider, models).price ?? (needsKey ? listPrice(provider, model) : FREE);
}

/** A dollar for a million tokens is a millionth of a dollar for one. */
function costOf(price: Price, { input, output, cached = 0 }: Tokens): Cost {
  const fromCache = Math.min(cached, input);
  const asked = (input - fromCache) * price.input + fromCache * (price.cached ?? price.input);
  return {
    money: Math.ceil(asked + output * price.output),
    tokens: Math.ceil(input + output),
  };
}
