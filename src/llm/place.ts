import { AtomError } from '../base/errors.ts';
import { type ModelApi, PROVIDERS, partsOfModel, providerNamed } from '../domain/provider.ts';
import type { Price } from './prices.ts';

/** How long an answer is waited for, in seconds: for its first word, between two of them, for all of it. */
export interface Waits {
  readonly first?: number | undefined;
  readonly idle?: number | undefined;
  readonly whole?: number | undefined;
}

/**
 * Where a provider is, how it is spoken to, and what it takes for a million tokens, by its name in model
 * ids. Each replaces what is known of the provider.
 */
export type ModelSettings = {
  readonly [provider: string]: {
    readonly baseUrl?: string | undefined;
    readonly api?: ModelApi | undefined;
    readonly price?: Price | undefined;
    /** How many tokens its models take, where that is not what is known of them. */
    readonly window?: number | undefined;
    readonly waitSeconds?: Waits | undefined;
  };
};

/** Hands out a provider's key; undefined where there is none. */
export type KeyOf = (provider: string) => Promise<string | undefined>;

/** A model id taken apart, and where its provider is. */
export interface ModelPlace {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly api: ModelApi;
  readonly needsKey: boolean;
  readonly waitMs: { readonly first: number; readonly idle: number; readonly whole: number };
}

/** Long enough for a slow local model to think, short enough that nobody waits for ever. */
const WAITS = { first: 180, idle: 120, whole: 600 };

/** True where a server is on this machine, by its address: a name could lead anywhere. */
export const isHere = (baseUrl: string): boolean =>
  /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(new URL(baseUrl).hostname);

/** Where these models are beyond this machine, and so who reads what they are told. */
export const readersOf = (models: readonly string[], settings: ModelSettings): readonly string[] =>
  [...new Set(models)]
    .filter((id) => id !== 'offline' && isKnown(partsOfModel(id).provider, settings))
    .map((id) => placeOf(id, settings).baseUrl)
    .filter((baseUrl) => !isHere(baseUrl));

/** True where it is known where a provider is. */
export const isKnown = (provider: string, settings: ModelSettings): boolean =>
  providerNamed(provider) !== undefined || settingsOf(provider, settings).baseUrl !== undefined;

/** Takes `provider/model` apart. Throws AtomError `config` where the provider is not known. */
export function placeOf(id: string, settings: ModelSettings): ModelPlace {
  const { provider, model } = partsOfModel(id);
  const known = providerNamed(provider);
  const given = settingsOf(provider, settings);
  const baseUrl = given.baseUrl ?? known?.baseUrl;
  if (baseUrl === undefined || model === '') {
    throw new AtomError('config', `"${id}" is not a model that can be reached.`, {
      next: [
        `Models are written ${Object.keys(PROVIDERS).join('/…, ')}/… or PROVIDER/… with a baseUrl.`,
      ],
    });
  }
  const { first, idle, whole } = { ...WAITS, ...given.waitSeconds };
  return {
    provider,
    model,
    baseUrl,
    api: given.api ?? known?.api ?? 'chat',
    needsKey: known?.own !== true && !isHere(baseUrl),
    waitMs: {
      first: (first ?? WAITS.first) * 1000,
      idle: (idle ?? WAITS.idle) * 1000,
      whole: (whole ?? WAITS.whole) * 1000,
    },
  };
}

/** The owner's settings of a provider; nothing where there are none. */
export const settingsOf = (provider: string, settings: ModelSettings): ModelSettings[string] =>
  (Object.hasOwn(settings, provider) ? settings[provider] : undefined) ?? {};
