import type { CircuitState } from '../../domain/circuit.ts';
import { PROVIDERS, partsOfModel } from '../../domain/provider.ts';
import { knownPrice } from '../../llm/cost.ts';
import { isKnown, type ModelSettings, placeOf } from '../../llm/place.ts';
import { PRICES, type Price } from '../../llm/prices.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { type KeyState, keyStates } from './key.ts';
import type { LocalServer } from './local-servers.ts';

/** Who thinks with what. */
export interface Use {
  /** An agent's name, or `the profile`. */
  readonly who: string;
  readonly model: string;
  readonly fallbacks: readonly string[];
}

export interface ModelFacts {
  readonly settings: ModelSettings;
  readonly servers: readonly LocalServer[];
  readonly uses: readonly Use[];
  /** By their names on record, such as `model:anthropic`. */
  readonly circuits: ReadonlyMap<string, CircuitState>;
}

export interface ListedProvider {
  readonly name: string;
  readonly key: KeyState;
  readonly baseUrl: string;
  readonly state: CircuitState;
  /** Names of the models that a server of this machine told of. */
  readonly offers: readonly string[];
}

export interface KnownModel {
  /** `provider/model`. */
  readonly id: string;
  /** Absent where nobody knows it: then it is taken to be high. */
  readonly price?: Price;
  readonly usedBy: readonly string[];
}

/** The providers that could be asked: those that need a key, those with settings, in use, or found here. */
export async function listedProviders(
  secrets: Pick<Secrets, 'list'>,
  { settings, servers, uses, circuits }: ModelFacts,
): Promise<readonly ListedProvider[]> {
  const far = Object.entries(PROVIDERS).flatMap(([name, { own }]) => (own ? [] : [name]));
  const used = uses.flatMap(idsOf).map((id) => partsOfModel(id).provider);
  const named = [...far, ...servers.map(({ provider }) => provider), ...Object.keys(settings)];
  const names = [...new Set([...named, ...used])].filter((name) => isKnown(name, settings));
  const keys = await keyStates(secrets, names, settings);
  return names.map((name) => ({
    name,
    key: keys.get(name) ?? 'missing',
    baseUrl: placeOf(`${name}/x`, settings).baseUrl,
    state: circuits.get(`model:${name}`) ?? { state: 'closed' },
    offers: servers.find(({ provider }) => provider === name)?.models ?? [],
  }));
}

/** The models in use, those found on this machine, and those whose price is known where there is a key. */
export function knownModels(
  { settings, uses }: ModelFacts,
  providers: readonly ListedProvider[],
): readonly KnownModel[] {
  const offered = providers.flatMap(({ name, offers }) =>
    offers.map((model) => `${name}/${model}`),
  );
  const priced = providers
    .filter(({ key }) => key !== 'missing')
    .flatMap(({ name }) => Object.keys(PRICES[name] ?? {}).map((model) => `${name}/${model}`));
  return [...new Set([...uses.flatMap(idsOf), ...offered, ...priced])].map((id) => {
    const price = isKnown(partsOfModel(id).provider, settings)
      ? knownPrice(id, settings)
      : undefined;
    return { id, ...(price === undefined ? {} : { price }), usedBy: usersOf(id, uses) };
  });
}

const usersOf = (id: string, uses: readonly Use[]): readonly string[] =>
  uses.flatMap(({ who, model, fallbacks }) => [
    ...(model === id ? [who] : []),
    ...(fallbacks.includes(id) ? [`${who} (in its place)`] : []),
  ]);

const idsOf = ({ model, fallbacks }: Use): readonly string[] => [
  ...(model === 'offline' ? [] : [model]),
  ...fallbacks,
];
