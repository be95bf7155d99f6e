import { readGatewayUrl } from '../domain/plain-url.ts';
import { atomLinks } from './atom/link.ts';
import { challengeOn } from './challenge.ts';
import { ConnectionError } from './errors.ts';
import type { Dial, Link } from './link.ts';
import { openClawLinks } from './openclaw/link.ts';
import { connectionError } from './refusals.ts';
import type { BridgeOptions } from './settings.ts';
import { openSocket } from './socket.ts';
import { openWebSocket, type WebWire } from './web-socket.ts';
import { socketWire } from './wire.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * How the gateway of these options is connected to. Throws ConnectionError where its address is none, or
 * one to which nothing secret may be said in the clear.
 */
export function dialGateway(options: BridgeOptions): Dial {
  const { url } = options;
  if (url.startsWith('unix:')) return overSocket(url.slice('unix:'.length), options);
  try {
    return overNetwork(readGatewayUrl(url), options);
  } catch (thrown) {
    throw connectionError(thrown);
  }
}

/** Behind a profile's own socket there is atom, and whoever reaches it is its owner. */
function overSocket(path: string, { fingerprint, dialect }: BridgeOptions): Dial {
  if (fingerprint !== undefined || dialect === 'openclaw')
    throw new ConnectionError('network', 'A Unix socket has no fingerprint and speaks atom.', {
      retryable: false,
    });
  const links = atomLinks({});
  return (signal) =>
    asConnectionErrors(async () =>
      links(socketWire(await openSocket(path, signal)), undefined, signal),
    );
}

function overNetwork(address: ReturnType<typeof readGatewayUrl>, options: BridgeOptions): Dial {
  const open = speaking(options);
  return (signal) =>
    asConnectionErrors(async () => {
      const wire = await openWebSocket(address, signal);
      try {
        return await open(wire, signal);
      } catch (thrown) {
        wire.end({ by: 'us', message: 'The handshake failed.' });
        throw thrown;
      }
    });
}

/** Speaks what the gateway speaks, as its first frame shows. */
function speaking(options: BridgeOptions): (wire: WebWire, signal: AbortSignal) => Promise<Link> {
  const { credential, dialect = 'auto' } = options;
  const secret = credential?.kind === 'device' ? credential.key : credential?.token;
  const [atom, openClaw] = [atomLinks(options), openClawLinks(options)];
  return async (wire, signal) => {
    const challenge = await challengeOn(wire, signal);
    if (!challenge || (dialect !== 'auto' && challenge.dialect !== dialect))
      throw new ConnectionError('network', 'What answered is no gateway of the kind expected.');
    const clean = withoutSecrets(wire, secret ? [secret] : []);
    return challenge.dialect === 'atom'
      ? atom(clean, challenge.challenge, signal)
      : openClaw(clean, challenge.nonce, signal);
  };
}

/** Whatever happens on the way is a ConnectionError; running out of time is one of kind `timeout`. */
async function asConnectionErrors(open: () => Promise<Link>): Promise<Link> {
  try {
    return await open();
  } catch (thrown) {
    throw connectionError(thrown);
  }
}
