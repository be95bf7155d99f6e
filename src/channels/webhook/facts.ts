import type { ChannelFacts } from '../../domain/channel.ts';

/**
 * Posts of programs, and answers to them, by Standard Webhooks. Whoever takes them knows them by their id
 * (github.com/standard-webhooks/standard-webhooks, “Idempotency”), so that one that comes twice counts once.
 */
export const webhookFacts: ChannelFacts = {
  name: 'webhook',
  label: 'Webhook',
  transport: 'signed posts',
  threads: true,
  buttons: false,
  edits: false,
  media: {},
  silentMs: Number.POSITIVE_INFINITY,
  idempotentSend: true,
  bringsAgain: true,
  maxLength: 65_536,
  rate: { overall: { count: 50, ms: 1000 } },
};
