import { quotable } from '../base/visible.ts';
import type { Address } from './address.ts';
import type { InboundEvent } from './event.ts';
import type { Role } from './role.ts';

/** Somebody on one account of one channel, by the platform's fixed id and never by a name. */
export interface Person {
  readonly channel: string;
  readonly account: string;
  readonly id: string;
}

/** How somebody came to be known: by our link, by a code of theirs, or blocked before they were. */
export type Admission = 'link' | 'code' | 'blocked';

/** Somebody who was let in, or is to get no answer. */
export interface Sender extends Person {
  /** What the owner calls them at the terminal: made from the name that they claimed, and nobody else's. */
  readonly handle: string;
  /** What they call themselves; proves nothing. Make it visible before it is shown. */
  readonly name?: string;
  readonly role: Role;
  readonly state: 'active' | 'blocked';
  readonly how: Admission;
  /** `surface/id` of who let them in, or blocked them. */
  readonly by: string;
  /** The direct chat that they were paired in. */
  readonly peer?: string;
  readonly since: number;
  readonly lastAt?: number;
}

/** Who sent an event. */
export const personOf = ({ from, sender }: Pick<InboundEvent, 'from' | 'sender'>): Person => ({
  channel: from.channel,
  account: from.account,
  id: sender.id,
});

/** A device or a program, by its id. */
export const deviceAs = (id: string): Person => ({ channel: 'device', account: 'main', id });

/**
 * In which role an event was said; of a device or a program, the gateway has proved whose it is, and the one of
 * a user is never more than they are.
 */
export function roleIn(
  { via, ...event }: Pick<InboundEvent, 'from' | 'sender' | 'via'>,
  roleOf: (who: Person) => Role | undefined,
): Role | undefined {
  if (!via) return roleOf(personOf(event));
  const isClient = via.surface === 'device' || via.surface === 'program';
  const ofUser = isClient ? roleOf(deviceAs(event.sender.id)) : undefined;
  if (ofUser !== undefined && ofUser !== 'owner') return ofUser;
  return via.owner ? 'owner' : 'member';
}

/** True where the conversation is the speaker's alone; a program may speak in others' too. */
export const isTheirOwn = ({
  from,
  sender,
  via,
  isGroup,
}: Pick<InboundEvent, 'from' | 'sender' | 'via' | 'isGroup'>): boolean =>
  via ? from.channel === 'device' && from.peer === sender.id : !isGroup;

/** `telegram/42`: how a request names whose message led to it. */
export const askerOf = ({ channel, id }: Pick<Person, 'channel' | 'id'>): string =>
  `${channel}/${id}`;

/** A name is a claim of its bearer, and no place for a letter. */
const MOST_NAME = 64;

/** What somebody calls themselves, safe to draw: ` (calls itself “Dana”)`; nothing where they say nothing. */
export const claimOf = ({ name }: { readonly name?: string }): string =>
  name ? ` (calls itself “${quotable(name.slice(0, MOST_NAME))}”)` : '';

/** Where somebody can be written to, as far as we know. */
export const chatOf = ({ channel, account, peer }: Sender): Address | undefined =>
  peer === undefined ? undefined : { channel, account, peer };

/** What the owner did about somebody; `sender` is as they are now, or were before they were revoked. */
export interface SenderChange {
  readonly kind: 'admitted' | 'role' | 'blocked' | 'revoked';
  readonly sender: Sender;
}

/** Somebody to let in, or to give another role. */
export interface Candidate extends Person {
  readonly name?: string;
  readonly peer?: string;
  readonly how: Admission;
}
