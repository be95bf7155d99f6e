import { type ModelSettings, placeOf } from '../../llm/place.ts';
import type { SecretPlace, Secrets } from '../../secrets/secrets.ts';

/** Whether a provider's key is there, and where it is. */
export type KeyState = SecretPlace | 'missing' | 'not needed';

/** The state of every provider's key, by the provider's name. Values are never read. */
export async function keyStates(
  secrets: Pick<Secrets, 'list'>,
  providers: readonly string[],
  settings: ModelSettings,
): Promise<ReadonlyMap<string, KeyState>> {
  const kept = new Map((await secrets.list()).map(({ name, where }) => [name, where]));
  return new Map(
    providers.map((provider) => {
      const { needsKey } = placeOf(`${provider}/x`, settings);
      return [provider, needsKey ? (kept.get(`${provider}.key`) ?? 'missing') : 'not needed'];
    }),
  );
}
