import type { ChannelFacts } from '../domain/channel.ts';

/** What a message begins with when nobody can tell whether it arrived the first time. */
export const DOUBT = '(This may be a repeat: it is not known whether it arrived before.)\n';

/** How long a text for a channel may be, so that the words of doubt still fit before it. */
export const roomIn = ({
  maxLength,
  idempotentSend,
}: Pick<ChannelFacts, 'maxLength' | 'idempotentSend'>): number =>
  idempotentSend ? maxLength : maxLength - DOUBT.length;
