import { type Identity, newIdentity, parseIdentity } from '../../base/ed25519.ts';
import { AtomError } from '../../base/errors.ts';
import { GATEWAY_KEY } from '../../secrets/names.ts';
import type { Secrets } from '../../secrets/secrets.ts';

/**
 * The key by which devices know the gateway, kept where other secrets are and made on first need. Rejects
 * with AtomError `failed` where it cannot be read or kept: a gateway with another key would be another one.
 */
export function createIdentity(secrets: Pick<Secrets, 'get' | 'set'>): () => Promise<Identity> {
  let known: Promise<Identity> | undefined;
  return () => {
    known ??= open(secrets).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function open(secrets: Pick<Secrets, 'get' | 'set'>): Promise<Identity> {
  const kept = await secrets.get(GATEWAY_KEY);
  if (kept === undefined) {
    const fresh = newIdentity();
    await secrets.set(GATEWAY_KEY, fresh.secretText);
    return fresh;
  }
  const identity = parseIdentity(kept);
  if (identity) return identity;
  throw new AtomError('failed', `What is stored as ${GATEWAY_KEY} is no key of a gateway.`, {
    next: ['See what is stored:   atom secrets list'],
  });
}
