import type { Address } from '../domain/address.ts';
import type { Approval } from '../domain/approval.ts';
import { type InboundEvent, speakerOf } from '../domain/event.ts';
import { JOB_SESSIONS } from '../domain/job.ts';
import type { NotePlace } from '../domain/memory.ts';
import { deviceAs, personOf } from '../domain/sender.ts';
import { isDirect, type Session } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import { isBounded, type User } from '../domain/user.ts';
import { type Viewer, viewerOf, visibleTo } from '../domain/visibility.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { findEvent } from '../store/tables/spool.ts';
import { firstEventOf } from '../store/tables/transcript.ts';
import { behind } from './behind.ts';
import type { Users } from './users.ts';

type Known = Pick<Users, 'at' | 'list'>;
type Spoken = Pick<InboundEvent, 'id' | 'from' | 'sender' | 'via'>;

/**
 * The user for whom an event's turn does what it does; undefined where that is the owner, or somebody without a
 * user. What agents do for each other is done for whoever began it.
 */
export async function userBehind(
  { users, sql }: { readonly users: Known; readonly sql: Sql },
  event: Spoken | string | undefined,
): Promise<User | undefined> {
  if (hasNone(users)) return undefined;
  const said = typeof event === 'string' ? await findEvent(sql, event) : event;
  if (!said) return undefined;
  if (said.via?.surface !== 'agent') return speaker(users, said);
  const began = await behind(sql, said.id);
  return began === undefined || began === 'owner' ? undefined : speaker(users, began);
}

/** The user who says something; undefined for the owner, and for whoever has none. */
export function speaker(users: Pick<Users, 'at'>, said: Omit<Spoken, 'id'>): User | undefined {
  const { surface, id } = speakerOf(said);
  if (surface === 'terminal' || surface === 'job' || surface === 'agent') return undefined;
  return bounded(users.at(said.via ? deviceAs(id) : personOf(said)));
}

/** Name of the user whose chat a session is; undefined for the owner's, for groups and for jobs. */
export async function userOfSession(
  { users, sql }: { readonly users: Known; readonly sql: Sql },
  session: Pick<Session, 'id' | 'key' | 'home'>,
): Promise<string | undefined> {
  if (hasNone(users)) return undefined;
  const { id, key, home } = session;
  if (home.channel === 'agent') {
    return (await userBehind({ users, sql }, await firstEventOf(sql, id)))?.name;
  }
  // A job tells a chat of the owner's what it found.
  if (!isDirect(session) || key.startsWith(JOB_SESSIONS)) return undefined;
  return userOfAddress(users, home);
}

/** Name of the user whose direct chat is there: its peer is their fixed id, which no group has. */
export const userOfAddress = (
  users: Pick<Users, 'at'>,
  { channel, peer }: Pick<Address, 'channel' | 'peer'>,
): string | undefined => bounded(users.at({ channel, id: peer }))?.name;

/** Name of the user whose chat a session is, by its id. */
export async function userOfSessionId(
  deps: { readonly users: Known; readonly sql: Sql },
  id: string | undefined,
): Promise<string | undefined> {
  const session = id === undefined ? undefined : await sessionById(deps.sql, id);
  return session && (await userOfSession(deps, session));
}

/** Name of the user for whom something was asked about. */
export function userOfApproval(
  users: Pick<Users, 'at'>,
  { asker }: Pick<Approval, 'asker'>,
): string | undefined {
  const [surface = '', ...id] = asker.split('/');
  const channel = surface === 'program' ? 'device' : surface;
  return bounded(users.at({ channel, id: id.join('/') }))?.name;
}

/** What the notes of a user lie under: theirs in whatever chat they were kept. */
export const userKey = (name: string): string => `${USER_NOTES}${name}`;

/** No chat's notes are called so: those begin with the name of a channel. */
const USER_NOTES = 'user-';

/** Name of the user whose notes those are; `chat` is where one was kept. */
function userOfNotes(
  users: Pick<Users, 'at'>,
  { person, chat }: Pick<NotePlace, 'person'> & { readonly chat?: string },
): string | undefined {
  return userOfKey(person) ?? (chat === undefined ? undefined : userOfChat(users, chat));
}

/** Whether somebody may see a note, or that there was one. */
export const seesNotes = (
  users: Pick<Users, 'at'>,
  viewer: Viewer,
  note: Pick<NotePlace, 'person'> & { readonly chat?: string },
): boolean => visibleTo(viewer, { kind: 'memory', of: userOfNotes(users, note) });

/** Who looks at notes: to name those of a user is to ask for them. */
export const lookAtNotes = (
  own: Pick<Viewer, 'user'>,
  {
    user,
    person = '',
  }: { readonly user?: string | undefined; readonly person?: string | undefined },
): Viewer => viewerOf(own, user ?? userOfKey(person));

/** The same, by the name that a user's notes lie under. */
const userOfKey = (person: string): string | undefined =>
  person.startsWith(USER_NOTES) ? person.slice(USER_NOTES.length) : undefined;

/** Name of the user whose chat that is, by its key; undefined for every other. */
export function userOfChat(users: Pick<Users, 'at'>, key: string): string | undefined {
  const [channel = '', type, id = ''] = key.split(':');
  return type === 'dm' ? bounded(users.at({ channel, id }))?.name : undefined;
}

/** Asked at each step of each turn: most atoms have no users. */
const hasNone = (users: Pick<Users, 'list'>): boolean => users.list().length === 0;

/** Owners are one, and no user of their own. */
const bounded = (user: User | undefined): User | undefined =>
  user && isBounded(user) ? user : undefined;
