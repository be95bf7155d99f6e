import { AtomError } from '../base/errors.ts';
import { memoryOf } from '../config/paths.ts';
import type { Action } from '../domain/action.ts';
import { JOB_SESSIONS } from '../domain/job.ts';
import { type NotePlace, OWNER, type PlacedNote, personKey } from '../domain/memory.ts';
import { isDirect, type Session } from '../domain/session.ts';
import type { Viewer } from '../domain/visibility.ts';
import { createFinder } from '../memory/find.ts';
import { openFolder } from '../memory/folder.ts';
import {
  allNotes,
  findForgotten,
  findNote,
  type NoteWish,
  type PlaceWish,
} from '../memory/list.ts';
import type { MemoryDeps } from '../memory/memory-deps.ts';
import { createMemoryRead } from '../memory/read-action.ts';
import { createMemoryTrust } from '../memory/trust-action.ts';
import { createMemoryWrite } from '../memory/write-action.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { isOwnersPlace } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { createRedaction } from './redaction.ts';
import { seesNotes, userKey, userOfSession } from './whose.ts';
import { windowOf } from './window.ts';

/** What agents remember. */
export interface Memory {
  readonly actions: readonly Action[];
  /** Whether an agent has notes of whoever a session is with. Cheap where there are none. */
  has(session: Session): Promise<boolean>;
  /** Every note that somebody may see. */
  list(wish: PlaceWish, viewer: Viewer): Promise<readonly PlacedNote[]>;
  /** One of them. Throws AtomError `not-found`, and `usage` where there are several of that name. */
  show(wish: NoteWish, viewer: Viewer): Promise<PlacedNote>;
  /** Where one lies that was forgotten. Throws as `show`. */
  forgotten(wish: NoteWish, viewer: Viewer): Promise<NotePlace>;
}

export function createMemory(options: AtomOptions, records: Records): Memory {
  const { store } = records;
  const root = memoryOf(options.paths);
  const deps: MemoryDeps = {
    root,
    finder: createFinder({ store, monotonic: options.clock.monotonic }),
    now: options.clock.now,
    redaction: createRedaction(options),
    personOf: async (id) => {
      const session = await sessionById(store, id);
      const person = session && (await personIn(records, session));
      if (session && person !== undefined) return { person, chat: session.key };
      throw new AtomError(
        'blocked',
        'Nothing is remembered here: this chat is not with one person.',
      );
    },
    sourcesOf: async ({ context, principal }) => {
      const seen = await windowOf(store, context, {
        principal,
        sees: 'conversation',
        read: records.conversations.read,
      });
      const { skill } = context;
      return [
        ...new Set([
          ...(skill === undefined ? [] : [`the skill ${skill.name}`]),
          ...seen.sources,
          ...(seen.secrets ?? []),
        ]),
      ];
    },
  };
  const seenBy = (viewer: Viewer) => (note: NotePlace & { readonly chat?: string }) =>
    seesNotes(records.users, viewer, note);
  return {
    actions: [createMemoryRead(deps), createMemoryWrite(deps), createMemoryTrust(deps)],
    has: async (session) => {
      const person = await personIn(records, session);
      if (person === undefined) return false;
      return openFolder(root, { agent: session.agent, person }).stamp() > 0;
    },
    list: (wish, viewer) => allNotes(root, wish, seenBy(viewer)),
    show: (wish, viewer) => findNote(root, wish, seenBy(viewer)),
    forgotten: (wish, viewer) => findForgotten(root, wish, seenBy(viewer)),
  };
}

/**
 * Whose memory a conversation is with: who reads its answers, and nobody else. Undefined for groups, for what
 * agents say to each other, and for a job whose chat is not the owner's any more.
 */
async function personIn(records: Records, session: Session): Promise<string | undefined> {
  const { key, home } = session;
  if (!isDirect(session) || key.startsWith('agent:')) return undefined;
  if (await isOwnersPlace(records, home)) return OWNER;
  const user = await userOfSession({ ...records, sql: records.store }, session);
  if (user !== undefined) return userKey(user);
  return key.startsWith(JOB_SESSIONS) ? undefined : personKey(home);
}
