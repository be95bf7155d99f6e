import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { isTheirOwn } from '../domain/sender.ts';
import type { Control } from './control.ts';

/** As whom something is said: `isUser` has agents and jails of their own. */
interface Orderer {
  readonly role: Role;
  readonly isUser: boolean;
}

/** Why somebody may not do that in this way, in words; undefined where they may. */
export function refusalOf(
  control: Control,
  event: InboundEvent,
  orderer: Orderer,
): string | undefined {
  if (!mayBeSaid(control, event, orderer))
    return event.via?.surface === 'terminal' ? NOT_IN_ANOTHER : NOT_BY_MESSAGE;
  if (!mayOrder(control, event, orderer)) return ONLY_OWNERS;
  return event.claimed && !isSafeFromAnybody(control) ? NOT_PROVEN : undefined;
}

export const ONLY_OWNERS = 'Only an owner of mine may do that.';

const OWN_CHAT: readonly Control['kind'][] = ['stop', 'new', 'sessions'];
/** Of what is theirs: who answers, and what was told of their work. */
const OF_USERS: readonly Control['kind'][] = ['agent', 'feed'];

/** Everybody else stops and begins what is theirs alone; their panic is a stop of all that is. */
function mayOrder({ kind }: Control, event: InboundEvent, { role, isUser }: Orderer): boolean {
  if (role === 'owner' || kind === 'panic' || kind === 'help' || kind === 'misused') return true;
  return isTheirOwn(event) && (OWN_CHAT.includes(kind) || (isUser && OF_USERS.includes(kind)));
}

const BY_CLIENTS: readonly Control['kind'][] = [
  ...(['stop', 'new', 'panic', 'status', 'help', 'sessions', 'misused'] as const),
];
const BY_OWNERS_CLIENTS: readonly Control['kind'][] = [
  'undo',
  'runs',
  'agent',
  'feed',
  'model',
  'pin',
  'unpin',
];

/**
 * What a client of the gateway may do beyond speaking, its scopes say; and the methods of the gateway ask for
 * them. A message needs none but “chat”, so it answers no card and ends no halt.
 */
function mayBeSaid({ kind }: Control, { via }: InboundEvent, { isUser }: Orderer): boolean {
  if (!via || BY_CLIENTS.includes(kind)) return true;
  if (isUser) return OF_USERS.includes(kind);
  return via.owner && BY_OWNERS_CLIENTS.includes(kind);
}

/**
 * What may be done for a sender that can be forged: what stops, since whoever makes others stop gains nothing
 * by it; what is only told, since it is told to the true one; and the answer to a card, since nobody else has
 * its code. That of a run is no secret.
 */
const isSafeFromAnybody = ({ kind }: Control): boolean =>
  ['stop', 'panic', 'status', 'answer', 'runs', 'bare-code', 'help', 'misused'].includes(kind);

const NOT_PROVEN =
  'Here anybody could write in your name, so I only take /stop, /panic, /status, /runs and answers to cards. Say it in another chat, or at the terminal.';

const NOT_BY_MESSAGE =
  'A message of a device or a program does not do that. Use its buttons, or the terminal.';

const NOT_IN_ANOTHER = 'Say that in a conversation of the terminal, and not in another chat.';
