import type { Clock } from '../../base/clock.ts';
import type { InboundEvent, MediaRef } from '../../domain/event.ts';
import { kindOf } from '../../domain/media-type.ts';

export interface EventDeps {
  readonly clock: Clock;
  newId(): string;
  /** What sends: a number in digits, or the SID of a messaging service. */
  readonly account: string;
}

/** The first value of a parameter. */
export type Read = (parameter: string) => string | undefined;

/** Twilio joins at most ten segments. */
const MAX_TEXT = 1600;
const MOST_MEDIA = 10;

/** The event in what Twilio posts about a message; undefined where nobody can be answered. */
export function eventOf(deps: EventDeps, read: Read): InboundEvent | undefined {
  const id = read('MessageSid') ?? '';
  // Names and short codes send what nobody can answer.
  const from = /^\+([1-9]\d{6,14})$/.exec(read('From') ?? '')?.[1];
  const text = (read('Body') ?? '').slice(0, MAX_TEXT);
  const media = mediaOf(read);
  if (!/^[A-Z]{2}[0-9a-f]{32}$/.test(id) || from === undefined) return undefined;
  if (text === '' && media.length === 0) return undefined;
  return {
    id: deps.newId(),
    externalId: id,
    from: { channel: 'sms', account: deps.account, peer: from },
    sender: { id: from },
    // What a text message says of its sender is easily forged.
    claimed: true,
    kind: 'message',
    text,
    media,
    isGroup: false,
    mentionsMe: true,
    at: deps.clock.now(),
  };
}

function mediaOf(read: Read): readonly MediaRef[] {
  const count = Math.min(Number(read('NumMedia')) || 0, MOST_MEDIA);
  return Array.from({ length: count }, (_, at) => {
    const type = read(`MediaContentType${at}`);
    return {
      kind: kindOf(type),
      id: read(`MediaUrl${at}`) ?? '',
      ...(type !== undefined && { type }),
    };
  }).filter(({ id }) => id !== '');
}
