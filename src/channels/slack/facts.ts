import type { ChannelFacts } from '../../domain/channel.ts';

const MB = 1024 * 1024;

/**
 * Slack takes about a message a second to each conversation (docs.slack.dev/apis/web-api/rate-limits), and
 * shows at most 4000 characters well. Files may hold a gigabyte; more than this is for no chat.
 */
export const slackFacts: ChannelFacts = {
  name: 'slack',
  label: 'Slack',
  transport: 'Socket Mode or webhooks',
  threads: true,
  buttons: true,
  forgetsPresses: true,
  forms: true,
  edits: true,
  media: { image: 50 * MB, audio: 50 * MB, video: 50 * MB, file: 50 * MB },
  idempotentSend: false,
  maxLength: 4000,
  maxLong: MB,
  rate: { chat: { count: 1, ms: 1050 }, overall: { count: 20, ms: 10_000 } },
};
