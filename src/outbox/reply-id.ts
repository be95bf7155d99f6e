import type { InboundEvent } from '../domain/event.ts';
import type { Outgoing } from './queue.ts';

/** The message that answers an event: there is never more than one, and none without its event being handled. */
export const replyId = (event: string): string => `reply:${event}`;

/** What makes a message the answer to an event: kept with it, so that it quotes after a restart as well. */
export const answerTo = ({
  id,
  message,
}: Pick<InboundEvent, 'id' | 'message'>): Pick<Outgoing, 'inReplyTo' | 'quotes'> => ({
  inReplyTo: id,
  ...(message === undefined ? {} : { quotes: message }),
});
