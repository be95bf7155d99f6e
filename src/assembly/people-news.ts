import { clockTime } from '../base/clock.ts';
import { hintFor } from '../base/hint.ts';
import type { Topics } from '../bus/bus.ts';
import type { Address } from '../domain/address.ts';
import type { Pairing } from '../domain/pairing.ts';
import { chatOf, claimOf, type Sender, type SenderChange } from '../domain/sender.ts';
import { queueText } from '../outbox/queue.ts';
import { type AnnouncementParts, alertFeed, alertOwner } from './announcements.ts';
import type { AtomOptions } from './parts.ts';
import { viewOf } from './people-desk.ts';

/**
 * Tells of everything about people: whoever watches, the feed, the chats of owners, and somebody who was
 * let in. Returns how to stop.
 */
export function startPeopleNews(options: AtomOptions, parts: AnnouncementParts): () => void {
  const { bus, steady } = parts.records;
  const log = options.log.part('people');
  const told = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.error(`not told: ${String(error)}`));
  };
  const stops = [
    bus.on('pairing.changed', (pairing) => {
      options.emit({ kind: 'pairing', pairing: viewOf(pairing, steady.now()) });
      const text = pairingWords(pairing);
      if (pairing.state === 'burnt') told(alertOwner(options, parts, text));
      else if (text !== '') told(alertFeed(parts, text));
    }),
    bus.on('pairing.locked', ({ until }) => told(alertOwner(options, parts, lockedWords(until)))),
    bus.on('panic.asked', (asked) => told(alertOwner(options, parts, panicWords(asked)))),
    bus.on('sender.changed', (change) => {
      options.emit({ kind: 'sender', change });
      told(welcome(options, parts, change));
      const text = changeWords(change);
      // Whoever it is about is told in words of their own.
      const except = welcomed(change);
      told(alertOwner(options, parts, except ? { text, except } : text));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Tells somebody in their own chat what they are here from now on. */
async function welcome(
  options: AtomOptions,
  { records: { store, bus, boot }, channels }: AnnouncementParts,
  change: SenderChange,
): Promise<void> {
  const { kind, sender } = change;
  const to = welcomed(change);
  if (!to || (kind !== 'admitted' && kind !== 'role')) return;
  const at = options.clock.now();
  const text = hintFor(options.paths.profile, welcomeText(kind, sender));
  const id = `welcome:${boot}:${sender.handle}:${at}`;
  await store.tx((sql) => queueText(sql, channels.facts(to.channel), { id, to, text, at }));
  bus.tell('outbound', undefined);
}

/** The chat of somebody who is told what they are here. */
const welcomed = ({ kind, sender }: SenderChange): Address | undefined =>
  kind === 'admitted' || kind === 'role' ? chatOf(sender) : undefined;

function welcomeText(kind: 'admitted' | 'role', { role, handle }: Sender): string {
  const hello = kind === 'admitted' ? `Paired as ${role}. Say hello.` : `You are ${role} here now.`;
  return role === 'owner' ? `${hello} Revoke any time: atom senders revoke ${handle}` : hello;
}

/** Nothing where the owner did it, and knows. */
function pairingWords(pairing: Pairing): string {
  const { id, kind, state, channel, who } = pairing;
  if (state === 'burnt')
    return `The link for ${channel} is void: its code was guessed wrong five times. If that was not you, somebody tries to be let in. For a new one: atom pair ${channel}`;
  const person = `${channel} user_id ${who?.id ?? '?'}${claimOf(pairing)}`;
  if (kind === 'link' && state === 'matched')
    return `The link was used by ${person}. To let them in, within two minutes: atom senders approve ${id}`;
  if (kind === 'code' && state === 'open')
    return `Somebody who is not known wrote: ${person}. They have a code for you. To let them in as a guest: atom senders approve CODE`;
  return '';
}

const lockedWords = (until: number): string =>
  `Twenty codes were wrong within an hour, so nobody can be paired until ${clockTime(until)}. Who is known is not affected. See who tried: atom audit list --kind pairing.wrong`;

const panicWords = ({ who, stopped }: Topics['panic.asked']): string =>
  `${who} said /panic. ${stopped === 0 ? 'Nothing of theirs was running' : 'What ran of theirs was stopped'}, and nothing else. To stop everything: /panic, or atom panic`;

function changeWords({ kind, sender }: SenderChange): string {
  const { channel, id, role, handle } = sender;
  const person = `${channel} user_id ${id}${claimOf(sender)}`;
  switch (kind) {
    case 'admitted':
      return `${person} may talk to me from now on, as ${role}. Unexpected? atom senders revoke ${handle}`;
    case 'role':
      return `${person} is ${role} from now on. Unexpected? atom senders revoke ${handle}`;
    case 'blocked':
      return `${person} is blocked and gets no answer.`;
    case 'revoked':
      return `${person} is not known here any more.`;
  }
}
