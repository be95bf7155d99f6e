import type { Log } from '../../base/log.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { proofIn } from '../../domain/pairing.ts';
import { type Door, startCommand } from './door.ts';
import { type Received, receivedIn } from './envelope.ts';
import { eventOf } from './events.ts';
import { digitsIn, idIn } from './ids.ts';
import type { Memory } from './memory.ts';
import type { Who } from './who.ts';
import type { Take } from './wire.ts';

export interface IncomingDeps {
  readonly account: string;
  readonly door: Door;
  readonly groups: readonly string[];
  readonly answerStrangers: boolean;
  readonly who: Who;
  readonly memory: Memory;
  readonly log: Log;
  newId(): string;
  /** True for whoever was let in, by the settings or by pairing. */
  isKnown(id: string): boolean;
  put(event: InboundEvent): void;
}

/** Reads what signal-cli hands over, and puts what is for us into the inbox. */
export function createIncoming(deps: IncomingDeps): Take {
  const { who, memory, log } = deps;
  const notManual = oncely(() => {
    if (deps.door.kind !== 'http') log.warn(NOT_MANUAL, { start: startCommand(deps.door) });
  });
  return (frame) => {
    const received = receivedIn(frame);
    if (!received) return log.debug('something arrived that is no message');
    if (!received.subscribed) notManual();
    if (!isForUs(deps, received))
      return log.warn('a message for another account of signal-cli was passed over');
    const { envelope } = received;
    if (envelope.syncMessage)
      who.meet({ number: envelope.sourceNumber, uuid: envelope.sourceUuid });
    const found = eventOf({ ...deps, ...who, wasSent: memory.wasSent }, envelope);
    if (!found) return;
    const { event, quotes } = found;
    if (!mayCome(deps, event)) return sayStranger(log, event);
    const data = memory.numbered.pressed(event.from.peer, { text: event.text, quotes });
    memory.noteWords(event.message, event.text);
    deps.put(data === undefined ? event : { ...event, kind: 'button', text: data });
  };
}

const NOT_MANUAL =
  'signal-cli takes messages in by itself: those that come while atom is away are lost. Start it with --receive-mode=manual';

function oncely(say: () => void): () => void {
  let said = false;
  return () => {
    if (!said) say();
    said = true;
  };
}

/** Only a signal-cli that has several accounts says for which one a message came. */
const isForUs = ({ account, who }: IncomingDeps, { account: whose }: Received): boolean =>
  !whose || idIn(whose) === account || who.isMe({ uuid: whose });

/**
 * The account may be a person's, and its friends must not get answers from a program: nobody else is heard
 * but with the code that the owner has from `atom pair`.
 */
const mayCome = (
  { isKnown, answerStrangers }: IncomingDeps,
  { sender, isGroup, text }: InboundEvent,
): boolean => answerStrangers || isKnown(sender.id) || (!isGroup && proofIn(text)?.kind === 'code');

/** The log holds no number, so whoever is known by nothing else comes in by a code of the owner's. */
const sayStranger = (log: Log, { sender }: InboundEvent): void =>
  log.warn(`Unauthorized request from user_id: ${sender.id}`, {
    allow: digitsIn(sender.id)
      ? 'atom pair signal'
      : `atom channels add signal --allow ${sender.id}`,
  });
