import { sameText, sha256 } from '../../base/digest.ts';
import { randomKey } from '../../base/ids.ts';

/** A key for a device, or a token for a program: 256 random bits. Begins so that it is known in a log. */
export const newKey = (): string => `atk_${randomKey(32).toString('base64url')}`;

/** The token of a setup code: 128 random bits, 22 characters. */
export const newBootstrapToken = (): string => randomKey(16).toString('base64url');

/** What is kept of a key or token: without a salt, since nobody guesses so many bits. */
export const hashOf = (key: string): string => sha256(key);

/** Whether a key is the one whose hash is kept. Takes the same time wherever they differ. */
export const isKeyOf = (hash: string | undefined, key: string): boolean =>
  sameText(hash ?? '', hashOf(key));
