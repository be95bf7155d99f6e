import { notDone } from '../../assembly/not-done.ts';
import { requireSeen } from '../../assembly/sight.ts';
import { listSessions, showSession } from '../../assembly/talk-reports.ts';
import type { Atom } from '../../atom.ts';
import type { Caller } from '../../domain/caller.ts';
import { type Viewer, viewerOf } from '../../domain/visibility.ts';
import type { Methods } from '../kernel.ts';
import { foundOf } from './named-user.ts';
import { playOnDemand } from './play-on-demand.ts';
import { proofOf } from './rules.ts';
import { isOwnerSpeaking } from './said.ts';

/** The conversations of every chat. */
export const sessionMethods = (
  atom: Atom,
): Pick<Methods, Extract<keyof Methods, `sessions.${string}`>> => {
  const { records, options, ownerAct } = atom;
  const { store, users } = records;
  const sight = { users, sql: store };
  const play = playOnDemand(options, store);
  return {
    'sessions.list': async ({ user: name }, caller) => {
      const found = await listSessions(sight, viewer(caller, name));
      return { sessions: foundOf(users, { caller, name, found }) };
    },
    'sessions.show': ({ user, ...wish }, caller) => showSession(sight, viewer(caller, user), wish),
    'sessions.replay': async ({ user, ...wish }, caller) => {
      await requireSeen(sight, viewer(caller, user), wish.session);
      return play(wish);
    },
    'sessions.remove': async ({ session, number, code, user }, caller) => {
      await requireSeen(sight, viewer(caller, user), session);
      const resource = { session, ...(number === undefined ? {} : { number }) };
      const outcome = await ownerAct({ action: 'session.forget', resource }, proofOf(code));
      if (outcome.ok) return outcome.value as { readonly removed: number };
      throw notDone(outcome);
    },
  };
};

/** To name a user is the owner's own wish: a program that looks on for the owner sees no talk of theirs. */
const viewer = (caller: Caller, user: string | undefined): Viewer =>
  viewerOf(caller, isOwnerSpeaking(caller) ? user : undefined);
