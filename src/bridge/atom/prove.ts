import { sameText } from '../../base/digest.ts';
import { fingerprintOf, isSignedBy, parseIdentity } from '../../base/ed25519.ts';
import { randomKey } from '../../base/ids.ts';
import type { Challenge, ConnectAuth } from '../../protocol/connect.ts';
import { clientProof, gatewayProof, type Handshake } from '../../protocol/handshake.ts';
import { ConnectionError } from '../errors.ts';
import type { BridgeCredential } from '../settings.ts';

/** What a client answers a challenge with, and what the gateway has to sign in return. */
export interface Proof {
  readonly auth: ConnectAuth;
  readonly handshake: Handshake;
}

/** Answers a gateway's challenge. Throws ConnectionError where the secret of a device is none. */
export function prove(credential: BridgeCredential, { challenge, gateway }: Challenge): Proof {
  const nonce = randomKey(32).toString('base64url');
  if (credential.kind === 'token') {
    const handshake = { challenge, nonce, gateway, client: '' };
    return { auth: { kind: 'token', token: credential.token, nonce }, handshake };
  }
  const identity = parseIdentity(credential.secret);
  if (!identity)
    throw new ConnectionError('authentication', 'The secret of this device is no Ed25519 seed.');
  const handshake = { challenge, nonce, gateway, client: identity.publicKey };
  const { device, key } = credential;
  const signature = identity.sign(clientProof(handshake));
  return { auth: { kind: 'device', device, key, nonce, signature }, handshake };
}

/** Throws ConnectionError where a gateway says that it has another key than the one expected. */
export function expectKey(fingerprint: string | undefined, { gateway }: Challenge): void {
  if (fingerprint !== undefined && !sameText(fingerprint, fingerprintOf(gateway)))
    throw stranger('its key is another one');
}

/** Throws ConnectionError where a gateway whose key is expected did not prove that it has that key. */
export function expectProof(
  fingerprint: string | undefined,
  handshake: Handshake,
  proof: string | undefined,
): void {
  if (fingerprint === undefined) return;
  if (proof === undefined || !isSignedBy(handshake.gateway, gatewayProof(handshake), proof))
    throw stranger('it did not prove its key');
}

export const stranger = (why: string): ConnectionError =>
  new ConnectionError('authentication', `This is not the expected gateway: ${why}.`, {
    next: ['Compare the fingerprint at the gateway:   atom devices'],
  });
