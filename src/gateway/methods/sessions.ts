import { notDone } from '../../assembly/not-done.ts';
import { findTalk } from '../../assembly/playback/talk.ts';
import { requireSeen, type SightDeps, seenSessions } from '../../assembly/sight.ts';
import type { Atom } from '../../atom.ts';
import { keptOf } from '../../domain/kept-words.ts';
import type { SessionSummary } from '../../domain/session.ts';
import { type Viewer, viewerOf } from '../../domain/visibility.ts';
import { entriesOfTalk, talksOf } from '../../store/tables/talks.ts';
import type { Methods } from '../kernel.ts';
import { playOnDemand } from './play-on-demand.ts';
import { proofOf } from './rules.ts';
import { shownEntry } from './shown-entry.ts';

/** The conversations of every chat. */
export const sessionMethods = (
  atom: Atom,
): Pick<Methods, Extract<keyof Methods, `sessions.${string}`>> => {
  const { records, options, ownerAct } = atom;
  const { store, users } = records;
  const sight = { users, sql: store };
  const play = playOnDemand(options, store);
  return {
    'sessions.list': async ({ user }, caller) => ({
      sessions: await summaries(sight, viewerOf(caller, user)),
    }),
    'sessions.show': async ({ session: key, number, limit, user }, caller) => {
      await requireSeen(sight, viewerOf(caller, user), key);
      const { session, talk, talks } = await findTalk(store, { session: key, number });
      const place = { session: session.id, number: talk.number };
      const entries = await entriesOfTalk(store, { ...place, limit });
      return { talk, talks, entries: entries.map(shownEntry), kept: keptOf(entries).kept };
    },
    'sessions.replay': async ({ user, ...wish }, caller) => {
      await requireSeen(sight, viewerOf(caller, user), wish.session);
      return play(wish);
    },
    'sessions.remove': async ({ session, number, code, user }, caller) => {
      await requireSeen(sight, viewerOf(caller, user), session);
      const resource = { session, ...(number === undefined ? {} : { number }) };
      const outcome = await ownerAct({ action: 'session.forget', resource }, proofOf(code));
      if (outcome.ok) return outcome.value as { readonly removed: number };
      throw notDone(outcome);
    },
  };
};

async function summaries(deps: SightDeps, viewer: Viewer): Promise<readonly SessionSummary[]> {
  const all: SessionSummary[] = [];
  for (const { id, key, agent, model, user } of await seenSessions(deps, viewer)) {
    const talks = await talksOf(deps.sql, id);
    const current = talks.find((talk) => talk.current);
    const times = talks.flatMap(({ lastAt }) => lastAt ?? []);
    all.push({
      ...{ key, agent, talks: talks.length, begins: current?.begins ?? '' },
      ...(user === undefined ? {} : { user }),
      ...(model === undefined ? {} : { model }),
      ...(times.length === 0 ? {} : { lastAt: Math.max(...times) }),
    });
  }
  return all.toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
}
