import { AtomError } from '../../base/errors.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Credentials, Opened } from '../../protocol/credentials.ts';
import { gatewayProof } from '../../protocol/handshake.ts';
import type { Admission, Admit, Greeting } from '../socket/admit.ts';

export type Identity = Awaited<ReturnType<Credentials['identity']>>;

export interface AdmitDeps {
  readonly credentials: Credentials;
  readonly identity: Identity;
  /** Of this connection, and of no other. */
  readonly challenge: string;
  readonly onFailed: () => void;
  readonly onProved: () => void;
  /** Called in the very step that finds it not revoked: whoever is revoked later is known by then. */
  readonly onCaller: (caller: Caller) => void;
}

/** Lets in whoever proves a key or a token. Whatever is wrong with it, the words are the same. */
export const admitProved =
  (deps: AdmitDeps): Admit =>
  async (greeting) => {
    const opened = greeting.auth && (await open(deps, greeting));
    if (!opened) return { kind: 'refused', error: NO_AUTH };
    if (opened.kind === 'refused') {
      deps.onFailed();
      return { kind: 'refused', error: opened.told ?? REFUSED };
    }
    deps.onProved();
    return letIn(deps, opened);
  };

function letIn(
  { credentials, identity }: AdmitDeps,
  opened: Exclude<Opened, { readonly kind: 'refused' }>,
): Admission {
  const proof = identity.sign(gatewayProof(opened.handshake));
  if (opened.kind === 'pairing') return { ...opened, proof };
  credentials.seen(opened.caller.id);
  return { kind: 'caller', caller: opened.caller, proof };
}

async function open(
  { credentials, identity, challenge, onCaller }: AdmitDeps,
  { auth, scopes }: Greeting,
): Promise<Opened | undefined> {
  if (!auth) return undefined;
  const revoked = new Set<string>();
  // Revoked while its key was looked at: nobody would close the connection afterwards.
  const stop = credentials.onRevoked((id) => revoked.add(id));
  try {
    const greeting = { challenge, nonce: auth.nonce, gateway: identity.publicKey };
    const opened = await credentials.open(auth, greeting, scopes);
    if (opened.kind !== 'caller') return opened;
    if (revoked.has(opened.caller.id)) return { kind: 'refused', message: 'revoked just now' };
    onCaller(opened.caller);
    return opened;
  } finally {
    stop();
  }
}

const AGAIN = ['Pair again, at the machine where the gateway runs:   atom devices pair'];

const REFUSED = new AtomError('credentials', 'Nobody is known here by that.', { next: AGAIN });

const NO_AUTH = new AtomError('credentials', 'Say who you are: connect needs “auth” here.', {
  next: AGAIN,
});
