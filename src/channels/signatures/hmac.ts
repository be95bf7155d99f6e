import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { AtomError } from '../../base/errors.ts';

export interface Signing {
  readonly hash: 'sha1' | 'sha256';
  /** One that is used many times is best made a KeyObject once. */
  readonly key: string | Uint8Array | KeyObject;
  readonly as: 'hex' | 'base64';
}

/**
 * The HMAC of the parts, one behind the other. Throws AtomError `credentials` for an empty key, with which
 * everybody could sign.
 */
export function hmac(
  { hash, key, as }: Signing,
  ...parts: readonly (string | Uint8Array)[]
): string {
  if (lengthOf(key) === 0)
    throw new AtomError('credentials', 'The secret that signatures are made with is empty.');
  // Bytes as they are would be tried as a key of every other kind first, which takes longer than the HMAC.
  const made = createHmac(hash, key instanceof Uint8Array ? createSecretKey(key) : key);
  for (const part of parts) made.update(part);
  return made.digest(as);
}

const lengthOf = (key: Signing['key']): number =>
  typeof key === 'string' || key instanceof Uint8Array ? key.length : (key.symmetricKeySize ?? 0);
