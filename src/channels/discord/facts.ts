import type { ChannelFacts } from '../../domain/channel.ts';
import type { Library } from '../library.ts';

/** Of an upload without a boosted server: discord.com/developers/docs/reference#uploading-files. */
const MOST_BYTES = 10 * 1024 * 1024;
/** An answer of more is for no chat. */
const MOST_LONG = 1024 * 1024;

/**
 * Limits of the HTTP API: discord.com/developers/docs/topics/rate-limits (50 requests a second) and what is
 * seen of a channel's own (five messages in five seconds). A little less than allowed: what counts is when
 * they arrive. What Discord says with 429 is obeyed besides.
 */
export const discordFacts: ChannelFacts = {
  name: 'discord',
  label: 'Discord',
  transport: 'gateway',
  threads: true,
  buttons: true,
  forgetsPresses: true,
  forms: true,
  edits: true,
  media: { image: MOST_BYTES, audio: MOST_BYTES, video: MOST_BYTES, file: MOST_BYTES },
  // Its nonces are remembered for a few minutes only.
  typingMs: 10_000,
  idempotentSend: false,
  maxLength: 2000,
  maxLong: MOST_LONG,
  rate: { chat: { count: 5, ms: 5200 }, overall: { count: 45, ms: 1000 } },
};

/** The libraries that speak with Discord, each in the one version that was tried. */
export const LIBRARIES = {
  core: {
    name: '@discordjs/core',
    version: '2.6.0',
    integrity:
      'sha512-rQ1Jvn4sMlFhfj3WMbtfQUBqDZ5/QEsH/HIHY+RQ/28rRyK/N95mEf/0Tp72ITKK0zdzoTSGo1AgZI/P5JnLBw==',
  },
  rest: {
    name: '@discordjs/rest',
    version: '2.6.3',
    integrity:
      'sha512-wvOylxNYJkwKjctS/Mn5GP1w9r3/rzyH+ThD1JlAca6zEdlHs8QWBBUQJpU5Q+W6DoIj/Ljh1IPlZs7hTU+UAg==',
  },
  ws: {
    name: '@discordjs/ws',
    version: '2.0.4',
    integrity:
      'sha512-ARXnE+qi+D7Y4trd1bKA9uhiUxQvLbOKcdehDa6NLd7FiqmDvvk8N5RGk6Ho9gdT/Wap09dz/IuLv7hNpUzt6g==',
  },
} as const satisfies Readonly<Record<string, Library>>;
