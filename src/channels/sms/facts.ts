import type { ChannelFacts } from '../../domain/channel.ts';
import { roomInSegments } from './segments.ts';

/** A reply of more than this is cut, and read whole elsewhere: each segment is paid for. */
const MOST_SEGMENTS = 3;

/**
 * Twilio's Programmable Messaging. A long code sends one segment a second
 * (twilio.com/docs/messaging/guides/sms-rate-limits); the body of a message holds 1600 characters
 * (error 21617). Whoever takes over a number reads and writes as its owner, so that only what a tap approves
 * elsewhere may be approved there.
 */
export const smsFacts: ChannelFacts = {
  name: 'sms',
  label: 'SMS',
  transport: 'Twilio, by webhook',
  threads: false,
  buttons: false,
  edits: false,
  media: {},
  // Twilio is asked every five minutes.
  silentMs: 11 * 60_000,
  idempotentSend: false,
  undated: true,
  mostFactor: 'tap',
  maxLength: 1600,
  room: (text) => roomInSegments(text, MOST_SEGMENTS),
  rate: { chat: { count: 1, ms: 1100 }, overall: { count: 1, ms: 1010 } },
};
