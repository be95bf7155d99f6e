import type { Answers } from '../../protocol/answers.ts';
import type { Challenge } from '../../protocol/connect.ts';
import { PROTOCOL } from '../../protocol/limits.ts';
import type { Conversation } from '../conversation.ts';
import { ConnectionError } from '../errors.ts';
import type { BridgeCredential } from '../settings.ts';
import type { Follow } from './follow.ts';
import { expectKey, expectProof, type Proof, prove, stranger } from './prove.ts';

/** Who asks, and which gateway is expected to answer. */
export interface Asker {
  readonly credential?: BridgeCredential | undefined;
  readonly fingerprint?: string | undefined;
}

/** What is so on this connection. */
interface Circumstances {
  readonly challenge: Challenge | undefined;
  readonly since: ReturnType<Follow['since']>;
  readonly signal: AbortSignal;
}

/** Says who asks, as far as the gateway wants to know, and looks whether it is the one expected. */
export async function greet(
  { request }: Conversation,
  { credential, fingerprint }: Asker,
  { challenge, since, signal }: Circumstances,
): Promise<Answers['connect']> {
  const proof = challenge && answerTo(challenge, credential, fingerprint);
  if (fingerprint !== undefined && !proof) throw stranger('it showed no key');
  const greeting = { protocol: PROTOCOL, client: 'bridge', events: true } as const;
  const hello = await request(
    'connect',
    { ...greeting, ...(since ? { since } : {}), ...(proof ? { auth: proof.auth } : {}) },
    { signal },
  );
  if (proof) expectProof(fingerprint, proof.handshake, hello.proof);
  return hello;
}

/** Nothing secret leaves for a gateway that has another key than the one expected. */
function answerTo(
  challenge: Challenge,
  credential: BridgeCredential | undefined,
  fingerprint: string | undefined,
): Proof {
  expectKey(fingerprint, challenge);
  if (credential) return prove(credential, challenge);
  throw new ConnectionError('authentication', 'The gateway wants to know who asks.', {
    next: ['Get a token at the gateway:   atom devices add <name>'],
  });
}
