import { systemClock } from '../../base/clock.ts';
import { sha256 } from '../../base/digest.ts';
import { parseIdentity } from '../../base/ed25519.ts';
import { ConnectionError } from '../errors.ts';
import type { BridgeCredential } from '../settings.ts';
import type { Conversation } from './conversation.ts';
import { isRecord } from './frames.ts';
import { handshakeError } from './refusals.ts';

/** Versions of OpenClaw's protocol in which what is used here is the same. */
const VERSIONS = { minProtocol: 3, maxProtocol: 4 } as const;

/** The handshake ends with the signal, which comes before this. */
const HANDSHAKE_MS = 60_000;

const CLIENT = { id: 'gateway-client', mode: 'backend', version: '1', platform: 'node' } as const;
const ROLE = 'operator';
const SCOPES = ['operator.read', 'operator.write'] as const;

/** Says who asks. Rejects with ConnectionError where the gateway does not want to know them. */
export async function greet(
  { ask }: Conversation,
  credential: BridgeCredential | undefined,
  nonce: string,
): Promise<void> {
  const answer = await ask('connect', greetingFor(credential, nonce), HANDSHAKE_MS);
  if (!answer.ok) throw handshakeError(answer.refusal);
  const { type, protocol } = isRecord(answer.payload) ? answer.payload : {};
  const known = typeof protocol === 'number' && protocol >= VERSIONS.minProtocol;
  if (type !== 'hello-ok' || !known || protocol > VERSIONS.maxProtocol)
    throw new ConnectionError('network', 'The gateway speaks another version of its protocol.', {
      retryable: false,
    });
}

/** The parameters of `connect`. Throws ConnectionError where the credential is of another kind of gateway. */
function greetingFor(credential: BridgeCredential | undefined, nonce: string): object {
  if (credential?.kind === 'device')
    throw new ConnectionError('authentication', 'A device of atom is none of an OpenClaw gateway.');
  const token = credential?.token;
  const device = credential?.secret && deviceProof(credential.secret, token ?? '', nonce);
  return {
    ...VERSIONS,
    client: CLIENT,
    role: ROLE,
    scopes: SCOPES,
    caps: [],
    ...(token ? { auth: { token } } : {}),
    ...(device ? { device } : {}),
  };
}

/** Signature payload `v3`: who asks, as what, for what, when, with which token, on which connection. */
function deviceProof(secret: string, token: string, nonce: string): object {
  const identity = parseIdentity(secret);
  if (!identity)
    throw new ConnectionError('authentication', 'The secret of this device is no Ed25519 seed.');
  const id = sha256(Buffer.from(identity.publicKey, 'base64url'));
  const signedAt = systemClock.now();
  const claims = [CLIENT.id, CLIENT.mode, ROLE, SCOPES.join(','), signedAt, token, nonce];
  const signature = identity.sign(['v3', id, ...claims, CLIENT.platform, ''].join('|'));
  return { id, publicKey: identity.publicKey, signature, signedAt, nonce };
}
