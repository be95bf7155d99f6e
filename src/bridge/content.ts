import { newId } from '../base/ids.ts';
import { MAX_FRAME_BYTES } from '../protocol/limits.ts';
import type { Metadata } from './contract.ts';
import { SendError } from './errors.ts';
import type { Waiting } from './queue/queue.ts';
import { readSessionKey } from './session-keys.ts';

/** What the rest of the frame may need. */
const ENVELOPE_BYTES = 2048;
const MOST_METADATA_BYTES = 16 * 1024;

/** What makes a message one of many. */
interface Circumstances {
  readonly order: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/**
 * A new message. Throws SessionError `invalid-key` and SendError `rejected` where it could never be sent.
 */
export function messageOf(
  { sessionKey, text, metadata }: Pick<Waiting, 'sessionKey' | 'text' | 'metadata'>,
  circumstances: Circumstances,
): Waiting {
  readSessionKey(sessionKey);
  checkText(text);
  const about = metadata === undefined ? {} : { metadata: copyOfMetadata(metadata) };
  return { ...circumstances, messageId: newId(), sessionKey, text, ...about };
}

function checkText(text: string): void {
  if (typeof text !== 'string' || text.trim() === '') throw malformed('it is empty');
  if (!text.isWellFormed()) throw malformed('it holds half a character');
  if (Buffer.byteLength(JSON.stringify(text)) > MAX_FRAME_BYTES - ENVELOPE_BYTES)
    throw malformed(`it is longer than ${MAX_FRAME_BYTES} bytes`);
}

/** A copy that nobody changes later. */
function copyOfMetadata(metadata: Metadata): Metadata {
  const text = writtenOf(metadata);
  if (text === undefined || !text.startsWith('{'))
    throw malformed('its metadata is no JSON object');
  if (Buffer.byteLength(text) > MOST_METADATA_BYTES)
    throw malformed(`its metadata is longer than ${MOST_METADATA_BYTES} bytes`);
  return JSON.parse(text);
}

function writtenOf(metadata: unknown): string | undefined {
  try {
    return JSON.stringify(metadata);
  } catch {
    return undefined;
  }
}

const malformed = (why: string): SendError =>
  new SendError('rejected', `That message cannot be sent: ${why}.`, { code: 'usage' });
