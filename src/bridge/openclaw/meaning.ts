import { systemClock } from '../../base/clock.ts';
import type { LinkEvent } from '../link.ts';
import { isRecord } from './frames.ts';
import { fromOpenClaw } from './keys.ts';

const RESULTS = { final: 'replied', aborted: 'stopped', error: 'failed' } as const;

/** What a `chat` event says once a run is over; while it streams, there is nothing to tell yet. */
export function meaningOf(event: string, payload: unknown): readonly LinkEvent[] {
  if (event !== 'chat' || !isRecord(payload)) return [];
  const { runId, sessionKey, state, message } = payload;
  if (typeof runId !== 'string' || typeof sessionKey !== 'string') return [];
  if (state !== 'final' && state !== 'aborted' && state !== 'error') return [];
  const text = textOf(message);
  const key = fromOpenClaw(sessionKey);
  const said = {
    kind: 'message',
    id: runId,
    sessionKey: key,
    text,
    inReplyTo: runId,
    at: systemClock.now(),
  } as const;
  return [...(text ? [said] : []), { kind: 'ended', ref: runId, result: RESULTS[state] }];
}

/** A message is a text, or parts of which some are texts. */
function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (!isRecord(message)) return '';
  const { text, content } = message;
  if (typeof text === 'string') return text;
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map(partText).join('') : '';
}

const partText = (part: unknown): string =>
  isRecord(part) && part.type === 'text' && typeof part.text === 'string' ? part.text : '';
