import type { ChannelFacts } from '../../domain/channel.ts';
import { MOST_WORDS } from '../whatsapp-words/most.ts';

const MB = 1024 * 1024;

/**
 * Limits of Meta's Cloud API: developers.facebook.com/docs/whatsapp/cloud-api, under messages (4096 characters),
 * reference/media (sizes) and overview (one message in six seconds to one number, in bursts at most for a while;
 * eighty a second in all). What was sent stays as it is.
 */
export const whatsappCloudFacts: ChannelFacts = {
  name: 'whatsapp-cloud',
  label: 'WhatsApp Cloud',
  transport: 'Meta’s Cloud API, by webhook',
  threads: false,
  buttons: true,
  edits: false,
  media: { image: 5 * MB, audio: 16 * MB, video: 16 * MB, file: 100 * MB },
  typingMs: 25_000,
  idempotentSend: false,
  undated: true,
  // The rest is decided at the terminal.
  mostFactor: 'typed',
  maxLength: MOST_WORDS,
  maxCaption: 1024,
  rate: { chat: { count: 10, ms: 60_000 }, overall: { count: 79, ms: 1000 } },
};
