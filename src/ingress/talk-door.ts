import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';

/** Where somebody of a role says something: the key of the session, and how they said it. */
export interface Place {
  readonly session: string;
  readonly event: InboundEvent;
  readonly role: Role;
}

/** What a person can do about the conversations of a chat; each answers what they are told. */
export interface TalkDoor {
  /** What can be said, by somebody of that role. */
  help(place: Place): Promise<string>;
  /** How the conversation stands: who answers, how long it is. */
  status(place: Place): Promise<string>;
  /** The conversations of the chat. */
  list(place: Place): Promise<string>;
  /** Goes on with an earlier one. */
  goBack(place: Place, number: number): Promise<string>;
  /** Which model answers here; with a name, lets that one answer. */
  model(place: Place, model: string | undefined): Promise<string>;
  /** What is kept word for word here; with a text, that too. */
  pin(place: Place, text: string | undefined): Promise<string>;
  unpin(place: Place, number: number): Promise<string>;
}
/** What a person can take back from a chat; each answers what they are told. */
export interface UndoDoor {
  /** The last run of a conversation. `id` is the same where the message comes twice. Throws AtomError. */
  last(from: { readonly key: string; readonly id: string }): Promise<string>;
  /** What could be taken back of a conversation. */
  list(key: string): Promise<string>;
}
