import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { sha256 } from './digest.ts';
import { randomKey } from './ids.ts';

/** What DER puts before the 32 bytes of an Ed25519 key (RFC 8410). */
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');
const SECRET_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Bytes of a public key, and of the seed of a secret one. */
const KEY_BYTES = 32;

/** A key that says who somebody is: signs texts, and is known by its public part. */
export interface Identity {
  /** 32 bytes, base64url. */
  readonly publicKey: string;
  /** The seed, base64url: for the keychain and nobody else. */
  readonly secretText: string;
  /** 64 bytes, base64url. */
  sign(text: string): string;
}

/** The public key of 32 bytes. */
export const publicKeyFrom = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_DER, bytes]), format: 'der', type: 'spki' });

/** The secret key of a seed of 32 bytes. */
export const secretKeyFrom = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([SECRET_DER, seed]), format: 'der', type: 'pkcs8' });

/** The 32 bytes of the public part of a secret key. */
export const publicBytesOf = (secret: KeyObject): Uint8Array =>
  createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);

export const newIdentity = (): Identity => identityFrom(randomKey(KEY_BYTES));

/** The identity that a `secretText` is of, or undefined where it is none. */
export function parseIdentity(secretText: string): Identity | undefined {
  const seed = Buffer.from(secretText, 'base64url');
  return seed.length === KEY_BYTES ? identityFrom(seed) : undefined;
}

/** Whether a text was signed by a key, both as `Identity` writes them. Anything malformed was not. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = Buffer.from(publicKey, 'base64url');
  const bytes = Buffer.from(signature, 'base64url');
  return (
    key.length === KEY_BYTES && verifyBytes(null, Buffer.from(text), publicKeyFrom(key), bytes)
  );
}

/** A public key as people compare it: `SHA256:` and base64url. */
export const fingerprintOf = (publicKey: string): string => {
  const digest = sha256(Buffer.from(publicKey, 'base64url'));
  return `SHA256:${Buffer.from(digest, 'hex').toString('base64url')}`;
};

function identityFrom(seed: Uint8Array): Identity {
  const secret = secretKeyFrom(seed);
  return {
    publicKey: Buffer.from(publicBytesOf(secret)).toString('base64url'),
    secretText: Buffer.from(seed).toString('base64url'),
    sign: (text) => signBytes(null, Buffer.from(text), secret).toString('base64url'),
  };
}
