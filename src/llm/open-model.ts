import type { LanguageModel } from 'ai';
import { AtomError } from '../base/errors.ts';
import type { Price } from './prices.ts';

/**
 * Where a provider is, what it takes for a million tokens and how many its models take at once, by its name in
 * model ids. Each replaces what is known of the provider.
 */
export type ModelSettings = {
  readonly [provider: string]: {
    readonly baseUrl?: string | undefined;
    readonly price?: Price | undefined;
    /** How many tokens its models take, where that is not what is known of them. */
    readonly window?: number | undefined;
  };
};

/** Hands out a provider's key; undefined where there is none. */
export type KeyOf = (provider: string) => Promise<string | undefined>;

/** A model id taken apart, and where its provider is. */
export interface ModelPlace {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
}

/** The providers' documented addresses; `local` is where Ollama listens. */
const PLACES: Readonly<Record<string, string>> = {
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  local: 'http://127.0.0.1:11434/v1',
};

/** True where a server is on this machine, by its address: a name could lead anywhere. */
export const isHere = (baseUrl: string): boolean =>
  /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(new URL(baseUrl).hostname);

/** True where it is known where a provider is. */
export const isKnown = (provider: string, settings: ModelSettings): boolean =>
  Object.hasOwn(PLACES, provider) ||
  (Object.hasOwn(settings, provider) && settings[provider]?.baseUrl !== undefined);

/** Takes `provider/model` apart. Throws AtomError `config` where the provider is not known. */
export function placeOf(id: string, settings: ModelSettings): ModelPlace {
  const slash = id.indexOf('/');
  const provider = slash < 0 ? '' : id.slice(0, slash);
  const model = id.slice(slash + 1);
  const given = Object.hasOwn(settings, provider) ? settings[provider]?.baseUrl : undefined;
  const baseUrl = given ?? (Object.hasOwn(PLACES, provider) ? PLACES[provider] : undefined);
  if (baseUrl === undefined || model === '') {
    throw new AtomError('config', `"${id}" is not a model that can be reached.`, {
      next: [
        `Models are written ${Object.keys(PLACES).join('/…, ')}/… or PROVIDER/… with a baseUrl.`,
      ],
    });
  }
  return { provider, model, baseUrl, needsKey: provider !== 'local' };
}

/** The model, ready to be asked. Loads only the SDK it needs. Throws AtomError `credentials`. */
export async function openModel(
  place: ModelPlace,
  key: string | undefined,
): Promise<LanguageModel> {
  const { provider, model, baseUrl, needsKey } = place;
  if (needsKey && key === undefined) {
    throw new AtomError('credentials', `There is no key for ${provider}.`, {
      next: [`Store one for ${provider}, or choose the model "offline".`],
    });
  }
  if (provider === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic({ baseURL: baseUrl, ...(key === undefined ? {} : { apiKey: key }) })(
      model,
    );
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    name: provider,
    baseURL: baseUrl,
    includeUsage: true,
    ...(provider === 'openai' ? { transformRequestBody: withNewName } : {}),
    ...(key === undefined ? {} : { apiKey: key }),
  })(model);
}

/** OpenAI's newer models refuse the old name of this field; other servers know no other. */
const withNewName = ({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> =>
  max_tokens === undefined ? body : { ...body, max_completion_tokens: max_tokens };
