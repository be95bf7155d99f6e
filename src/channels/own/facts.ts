import type { ChannelFacts } from '../../domain/channel.ts';
import type { OwnChannelSaid } from '../../domain/own-channel.ts';

/** For one that nobody approved: it is never opened. */
export const unknownSaid: OwnChannelSaid = {
  label: '',
  hosts: [],
  ownServers: [],
  secrets: [],
  maxLength: 4000,
  threads: false,
  edits: false,
  idempotentSend: false,
  provesSenders: false,
};

/**
 * What a channel of the owner's own can do. Its process sees every card and says who answered, so only what a
 * tap approves elsewhere may be approved there.
 */
export const ownFacts = (name: string, said: OwnChannelSaid): ChannelFacts => ({
  name,
  label: said.label || name,
  transport: 'a module of your own',
  threads: said.threads,
  buttons: false,
  edits: said.edits,
  media: {},
  silentMs: Number.POSITIVE_INFINITY,
  idempotentSend: said.idempotentSend,
  mostFactor: 'tap',
  maxLength: said.maxLength,
  rate: { chat: { count: 1, ms: 1000 }, overall: { count: 10, ms: 1000 } },
});
