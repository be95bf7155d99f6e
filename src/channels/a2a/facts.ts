import type { ChannelFacts } from '../../domain/channel.ts';

/** Agents of other people, by the Agent2Agent protocol: they fetch their answers, nothing is sent to them. */
export const a2aFacts: ChannelFacts = {
  name: 'a2a',
  label: 'A2A',
  transport: 'JSON-RPC',
  threads: true,
  buttons: false,
  edits: false,
  media: {},
  silentMs: Number.POSITIVE_INFINITY,
  idempotentSend: true,
  bringsAgain: true,
  maxLength: Number.MAX_SAFE_INTEGER,
  rate: {},
};
