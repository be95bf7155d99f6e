import { parseKey } from '../protocol/session-key.ts';
import { SessionError } from './errors.ts';

/** Where a conversation of a session key may take place. */
export const channels = [
  'whatsapp',
  'whatsapp-cloud',
  'agent',
  'slack',
  'discord',
  'telegram',
  'sms',
  'signal',
  'webhook',
  'terminal',
] as const;

/** What kind of conversation a session key names. */
export const sessionTypes = ['group', 'dm', 'self', 'channel', 'guild'] as const;

/** A session key taken apart, such as `telegram:dm:5012233`. */
export interface BridgeKey {
  readonly channel: (typeof channels)[number];
  readonly type: (typeof sessionTypes)[number];
  readonly identifier: string;
  readonly thread?: string;
}

/** What no platform has in its ids: blanks, controls, and what is drawn as nothing or as something else. */
const UNCLEAR = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
const LONGEST = 256;

/**
 * Reads `channel:type:identifier[:thread]`. Throws SessionError `invalid-key` where a text is none, or
 * names a channel or type that is not in the lists above.
 */
export function readSessionKey(text: string): BridgeKey {
  const key = taken(text);
  if (!key) throw invalid('A session key has the form channel:type:identifier.');
  const channel = channels.find((known) => known === key.channel);
  if (!channel) throw invalid(`Its channel is none of ${channels.join(', ')}.`);
  return { ...key, channel };
}

function taken(text: string): ReturnType<typeof parseKey> | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || UNCLEAR.test(text)) return undefined;
  try {
    return parseKey(text);
  } catch {
    return undefined;
  }
}

const invalid = (why: string): SessionError =>
  new SessionError('invalid-key', `That is not a session key. ${why}`, {
    next: ['Keys look like terminal:self:main or telegram:dm:5012233.'],
  });
