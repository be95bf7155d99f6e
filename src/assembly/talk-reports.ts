import { keptOf } from '../domain/kept-words.ts';
import type { SessionSummary } from '../domain/session.ts';
import type { Viewer } from '../domain/visibility.ts';
import type { SessionAnswers } from '../protocol/session-methods.ts';
import { entriesOfTalk, talksOf } from '../store/tables/talks.ts';
import { findTalk, type TalkWish } from './playback/talk.ts';
import { shownEntry } from './shown-entry.ts';
import { requireSeen, type SightDeps, seenSessions } from './sight.ts';

/** Every chat that somebody may see, the one that spoke last first. */
export async function listSessions(
  deps: SightDeps,
  viewer: Viewer,
): Promise<readonly SessionSummary[]> {
  const all: SessionSummary[] = [];
  for (const { id, key, agent, model, user } of await seenSessions(deps, viewer)) {
    const talks = await talksOf(deps.sql, id);
    const current = talks.find((talk) => talk.current);
    const times = talks.flatMap(({ lastAt }) => lastAt ?? []);
    all.push({
      key,
      agent,
      talks: talks.length,
      begins: current?.begins ?? '',
      ...(user === undefined ? {} : { user }),
      ...(model === undefined ? {} : { model }),
      ...(times.length === 0 ? {} : { lastAt: Math.max(...times) }),
    });
  }
  return all.toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
}

/** The newest `limit` entries of one conversation. Throws AtomError `not-found`, `blocked`. */
export async function showSession(
  deps: SightDeps,
  viewer: Viewer,
  { limit, ...wish }: TalkWish & { readonly limit: number },
): Promise<SessionAnswers['sessions.show']> {
  await requireSeen(deps, viewer, wish.session);
  const { session, talk, talks } = await findTalk(deps.sql, wish);
  const place = { session: session.id, number: talk.number };
  const entries = await entriesOfTalk(deps.sql, { ...place, limit });
  return { talk, talks, entries: entries.map(shownEntry), kept: keptOf(entries).kept };
}
