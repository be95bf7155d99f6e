import type { Challenge } from '../../protocol/connect.ts';
import { type Conversation, converse } from '../conversation.ts';
import { ConnectionError } from '../errors.ts';
import type { Link } from '../link.ts';
import { type Listening, listening } from '../listening.ts';
import { pong } from '../pong.ts';
import { connectionError, sendError } from '../refusals.ts';
import type { Wire } from '../wire.ts';
import { addressOf } from './address.ts';
import { following } from './follow.ts';
import { type Asker, greet } from './greet.ts';

/** Does the handshake on a wire, and goes on with the events where the last link ended. */
export type OpenAtomLink = (
  wire: Wire,
  challenge: Challenge | undefined,
  signal: AbortSignal,
) => Promise<Link>;

/** Links to one gateway that speaks atom's protocol, one after the other. */
export function atomLinks(asker: Asker): OpenAtomLink {
  const follow = following();
  return async (wire, challenge, signal) => {
    const heard = listening();
    const hold = follow.hold(heard.tell);
    const conversation = converse(wire, hold.take);
    try {
      const hello = await greet(conversation, asker, {
        challenge,
        since: follow.since(),
        signal,
      });
      return linkOn(conversation, wire, { gap: hold.begin(hello), heard });
    } catch (thrown) {
      conversation.close();
      throw connectionError(thrown);
    }
  };
}

function linkOn(
  { request, closed, close }: Conversation,
  wire: Wire,
  { gap, heard }: { readonly gap: boolean; readonly heard: Listening },
): Link {
  return {
    gap,
    get open() {
      return wire.open;
    },
    listen: heard.listen,
    close,
    closed: closed.then(
      ({ message, revoked }) =>
        new ConnectionError(revoked ? 'authentication' : 'network', message),
    ),
    async send({ messageId, sessionKey, text }, timeoutMs) {
      try {
        const params = { ...addressOf(sessionKey), text, key: messageId };
        return { ref: (await request('chat.send', params, { timeoutMs })).event };
      } catch (thrown) {
        throw sendError(thrown);
      }
    },
    async ping(timeoutMs) {
      try {
        if (wire.ping) await pong(wire.ping, timeoutMs);
        else await request('status', {}, { timeoutMs });
      } catch (thrown) {
        throw sendError(thrown);
      }
    },
  };
}
