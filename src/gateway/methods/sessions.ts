import { notDone } from '../../assembly/not-done.ts';
import { findTalk } from '../../assembly/playback/talk.ts';
import type { Atom } from '../../atom.ts';
import { keptOf } from '../../domain/kept-words.ts';
import type { SessionSummary } from '../../domain/session.ts';
import type { Store } from '../../domain/store.ts';
import { sessionsStarting } from '../../store/tables/sessions.ts';
import { entriesOfTalk, talksOf } from '../../store/tables/talks.ts';
import type { Methods } from '../kernel.ts';
import { playOnDemand } from './play-on-demand.ts';
import { proofOf } from './rules.ts';
import { shownEntry } from './shown-entry.ts';

/** The conversations of every chat. */
export const sessionMethods = ({
  records: { store },
  options,
  ownerAct,
}: Atom): Pick<Methods, Extract<keyof Methods, `sessions.${string}`>> => {
  const play = playOnDemand(options, store);
  return {
    'sessions.list': async () => ({ sessions: await summaries(store) }),
    'sessions.show': async ({ session: key, number, limit }) => {
      const { session, talk, talks } = await findTalk(store, { session: key, number });
      const place = { session: session.id, number: talk.number };
      const entries = await entriesOfTalk(store, { ...place, limit });
      return { talk, talks, entries: entries.map(shownEntry), kept: keptOf(entries).kept };
    },
    'sessions.replay': (wish) => play(wish),
    'sessions.remove': async ({ session, number, code }) => {
      const resource = { session, ...(number === undefined ? {} : { number }) };
      const outcome = await ownerAct({ action: 'session.forget', resource }, proofOf(code));
      if (outcome.ok) return outcome.value as { readonly removed: number };
      throw notDone(outcome);
    },
  };
};

async function summaries(store: Store): Promise<readonly SessionSummary[]> {
  const all: SessionSummary[] = [];
  for (const { id, key, agent, model } of await sessionsStarting(store, '')) {
    const talks = await talksOf(store, id);
    const current = talks.find((talk) => talk.current);
    const times = talks.flatMap(({ lastAt }) => lastAt ?? []);
    all.push({
      ...{ key, agent, talks: talks.length, begins: current?.begins ?? '' },
      ...(model === undefined ? {} : { model }),
      ...(times.length === 0 ? {} : { lastAt: Math.max(...times) }),
    });
  }
  return all.toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
}
