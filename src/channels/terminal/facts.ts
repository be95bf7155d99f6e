import type { ChannelFacts } from '../../domain/channel.ts';

/** The terminal itself: as long as you like, as fast as you like; approvals are cards, not buttons. */
export const terminalFacts: ChannelFacts = {
  name: 'terminal',
  label: 'Terminal',
  transport: 'this terminal',
  threads: false,
  buttons: false,
  edits: true,
  media: {},
  live: true,
  idempotentSend: true,
  maxLength: Number.MAX_SAFE_INTEGER,
  rate: {},
};
