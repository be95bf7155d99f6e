import type { ChannelFacts } from '../../domain/channel.ts';

const MB = 1024 * 1024;

/** What Signal takes of a file, and what of one goes to signal-cli within the request itself. */
export const MOST_SENT_BYTES = 100 * MB;
export const MOST_INLINE_BYTES = 8 * MB;
/** What is fetched of a file that came in: it arrives in one line of JSON. */
export const MOST_FETCHED_BYTES = 25 * MB;

/**
 * Signal publishes no limits and answers with a captcha to whoever writes too fast, so these are a
 * person's. A message may be edited ten times only, which is too few for progress, so `edits` is false and
 * only cards are edited. Above some 2000 bytes Signal makes an attachment of a text.
 */
export const signalFacts: ChannelFacts = {
  name: 'signal',
  label: 'Signal (experimental)',
  transport: 'signal-cli, experimental',
  threads: false,
  buttons: false,
  edits: false,
  media: {
    image: MOST_SENT_BYTES,
    audio: MOST_SENT_BYTES,
    video: MOST_SENT_BYTES,
    file: MOST_SENT_BYTES,
  },
  // A message sent again has another timestamp, and is shown again.
  typingMs: 15_000,
  idempotentSend: false,
  maxLength: 2000,
  rate: { chat: { count: 1, ms: 1000 }, overall: { count: 30, ms: 60_000 } },
};
