import { capped } from '../../base/capped.ts';
import type { Clock } from '../../base/clock.ts';
import type { SendRequest } from '../../domain/channel.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Numbered } from '../numbered.ts';
import type { OutgoingMessage } from './define.ts';
import type { WireMessage } from './frames.ts';

export interface EventDeps {
  /** Of the channel: the module has no say in it. */
  readonly name: string;
  readonly provesSenders: boolean;
  readonly numbered: Pick<Numbered, 'pressed'>;
  readonly clock: Clock;
  newId(): string;
}

/** As much as anybody is heard at once. */
const MOST_TEXT = 65_536;

/** The event in a message. Whose channel it is, and what the sender may, is none of the module's words. */
export function eventOf(
  { name, provesSenders, numbered, clock, newId }: EventDeps,
  message: WireMessage,
): InboundEvent {
  const { id, chat, sender, name: called, thread, quotes, isGroup = false } = message;
  const text = capped(message.text, MOST_TEXT);
  const from = { channel: name, account: 'main', peer: chat, ...(thread && { thread }) };
  const quoted = quotes === undefined ? undefined : { id: quotes };
  const data = numbered.pressed(chat, { text, quotes: quoted });
  return {
    id: newId(),
    externalId: id,
    message: id,
    from,
    sender: { id: sender, ...(called && { name: called }) },
    ...(provesSenders ? {} : { claimed: true }),
    ...(data === undefined ? { kind: 'message', text } : { kind: 'button', text: data }),
    media: [],
    isGroup,
    mentionsMe: message.mentionsMe ?? !isGroup,
    at: message.at ?? clock.now(),
  };
}

/** What the module is handed of a message: `text` has its buttons in it. */
export const outgoing = ({ id, to, edits }: SendRequest, text: string): OutgoingMessage => ({
  id,
  chat: to.peer,
  text,
  ...(to.thread === undefined ? {} : { thread: to.thread }),
  ...(edits === undefined ? {} : { edits }),
});
