import type { ChannelFacts } from '../../domain/channel.ts';

const MB = 1024 * 1024;

/**
 * Limits of the Bot API: core.telegram.org/bots/api#sendmessage (4096 characters) and
 * core.telegram.org/bots/faq (1 message a second to a chat, 20 a minute to a group, 30 a second). A little
 * less than allowed: what counts is when they arrive, and the way there is not always equally long.
 */
export const telegramFacts: ChannelFacts = {
  name: 'telegram',
  label: 'Telegram',
  transport: 'long polling',
  threads: true,
  buttons: true,
  edits: true,
  // Source: core.telegram.org/bots/api#sending-files.
  media: { image: 10 * MB, audio: 50 * MB, video: 50 * MB, file: 50 * MB },
  idempotentSend: false,
  maxLength: 4096,
  // Source: core.telegram.org/bots/api#sendphoto.
  maxCaption: 1024,
  rate: {
    chat: { count: 1, ms: 1010 },
    group: { count: 20, ms: 60_000 },
    overall: { count: 29, ms: 1000 },
  },
};
