import type { BridgeEvents } from './contract.ts';
import type { BridgeError } from './errors.ts';
import type { Link, LinkEvent } from './link.ts';
import type { Listeners } from './listeners.ts';
import type { Waiting } from './queue/queue.ts';
import { createTurns, type Pending } from './turns.ts';

/** Tells a program what became of its messages, and what its gateway says. */
export interface Telling {
  taken(message: Waiting, ref: string): void;
  refused(message: Waiting, error: BridgeError): void;
  readonly heard: Parameters<Link['listen']>[0];
}

type Said = LinkEvent & { readonly kind: 'message' };

export function createTelling({ emit }: Pick<Listeners, 'emit'>): Telling {
  const turns = createTurns();
  const hear = (event: LinkEvent): void => {
    switch (event.kind) {
      case 'joined':
        turns.joined(event);
        return;
      case 'ended':
        for (const message of turns.ended(event))
          emit('delivered', { ...message, result: event.result });
        return;
      case 'message':
        emit('message', asKnownHere(event));
    }
  };
  const asKnownHere = ({ kind: _, inReplyTo, ...said }: Said): BridgeEvents['message'] => {
    if (inReplyTo === undefined) return said;
    const asked = turns.messageOf(inReplyTo);
    return asked
      ? { ...said, sessionKey: asked.sessionKey, inReplyTo: asked.messageId }
      : { ...said, inReplyTo };
  };
  return {
    taken(message, ref) {
      const about = pendingOf(message);
      emit('sent', about);
      const result = turns.took(ref, about);
      if (result !== undefined) emit('delivered', { ...about, result });
    },
    refused: (message, error) => emit('failed', { ...pendingOf(message), error }),
    heard(raw, events) {
      // What came in the same breath as an answer is told after whoever waits for that answer has it.
      setImmediate(() => {
        emit('event', raw);
        for (const event of events) hear(event);
      });
    },
  };
}

const pendingOf = ({ messageId, sessionKey, metadata }: Waiting): Pending => ({
  messageId,
  sessionKey,
  ...(metadata === undefined ? {} : { metadata }),
});
