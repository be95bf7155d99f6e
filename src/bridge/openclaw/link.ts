import { ConnectionError } from '../errors.ts';
import type { Link } from '../link.ts';
import { type Listening, listening } from '../listening.ts';
import { pong } from '../pong.ts';
import { connectionError } from '../refusals.ts';
import type { BridgeCredential } from '../settings.ts';
import type { Wire } from '../wire.ts';
import { type Conversation, converse } from './conversation.ts';
import { greet } from './greeting.ts';
import { meaningOf } from './meaning.ts';
import { sending } from './send.ts';

export interface OpenClawLinkOptions {
  readonly credential?: BridgeCredential;
  readonly fingerprint?: string;
}

/** Does the handshake with an OpenClaw gateway, whose challenge has this nonce. */
export type OpenOpenClawLink = (wire: Wire, nonce: string, signal: AbortSignal) => Promise<Link>;

/** Links to one OpenClaw gateway. It keeps no events: after each reconnect, some may be missing. */
export function openClawLinks({ credential, fingerprint }: OpenClawLinkOptions): OpenOpenClawLink {
  let connections = 0;
  return async (wire, nonce, signal) => {
    if (fingerprint !== undefined)
      throw new ConnectionError(
        'authentication',
        'An OpenClaw gateway cannot prove a fingerprint.',
      );
    const heard = listening();
    const conversation = converse(wire, (event, payload) =>
      heard.tell({ event, payload }, meaningOf(event, payload)),
    );
    const stop = (): void => wire.end({ by: 'us', message: 'The handshake took too long.' });
    signal.addEventListener('abort', stop, { once: true });
    try {
      await greet(conversation, credential, nonce);
    } catch (thrown) {
      throw signal.aborted ? signal.reason : connectionError(thrown);
    } finally {
      signal.removeEventListener('abort', stop);
    }
    connections += 1;
    return linkOn(conversation, wire, { gap: connections > 1, heard });
  };
}

function linkOn(
  { ask, closed }: Conversation,
  wire: Wire,
  { gap, heard }: { readonly gap: boolean; readonly heard: Listening },
): Link {
  return {
    gap,
    get open() {
      return wire.open;
    },
    closed,
    listen: heard.listen,
    close: () => wire.end({ by: 'us', message: 'The connection was closed here.' }),
    send: sending(ask),
    async ping(timeoutMs) {
      if (wire.ping) await pong(wire.ping, timeoutMs);
      else await ask('health', {}, timeoutMs).then(() => undefined);
    },
  };
}
