import type { ActionRequest, Outcome } from '../domain/action.ts';
import { MOST_OUTPUT_TOKENS } from '../domain/completion.ts';
import { isKnown, type ModelSettings, placeOf, settingsOf } from './place.ts';
import { FREE, listPrice, type Price, UNKNOWN_PRICE } from './prices.ts';
import { completion, completionRequest } from './wire.ts';

/** What an action costs, in millionths of the currency. Only models cost money. */
export interface Costs {
  /** The most it may cost, before it is done. Rounded up. */
  most(request: ActionRequest): number;
  /** What it did cost; undefined where nobody can tell. */
  paid(request: ActionRequest, outcome: Outcome): number | undefined;
}

/** Four characters a token is the rule of thumb of the providers, for English. */
const CHARS_PER_TOKEN = 4;

export const createCosts = (models: ModelSettings): Costs => ({
  most: ({ action, resource }) => {
    if (action !== 'llm.complete') return 0;
    const { model, ...asked } = completionRequest.parse(resource);
    // Written as JSON it is longer than what is sent.
    const input = Math.ceil(JSON.stringify(asked).length / CHARS_PER_TOKEN);
    return costOf(priceOf(model, models), { input, output: MOST_OUTPUT_TOKENS });
  },
  paid: ({ action, resource }, outcome) => {
    if (action !== 'llm.complete') return 0;
    // Never reached, so never billed.
    if (!outcome.ok) return outcome.reason === 'blocked' ? 0 : undefined;
    const { input, output } = completion.parse(outcome.value).usage;
    if (input === undefined || output === undefined) return undefined;
    return costOf(priceOf(completionRequest.parse(resource).model, models), { input, output });
  },
});

/** What an answer of a model costs now, in millionths; 0 where nobody knows its provider any more. */
export function costOfTokens(
  model: string,
  tokens: { readonly input: number; readonly output: number },
  models: ModelSettings,
): number {
  const provider = model.split('/', 1)[0] ?? '';
  return isKnown(provider, models) ? costOf(priceOf(model, models), tokens) : 0;
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
const costOf = (
  price: Price,
  tokens: { readonly input: number; readonly output: number },
): number => Math.ceil(tokens.input * price.input + tokens.output * price.output);
