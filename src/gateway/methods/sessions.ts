import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { keptOf } from '../../domain/kept-words.ts';
import type { SessionSummary } from '../../domain/session.ts';
import type { Store } from '../../domain/store.ts';
import { sessionByKey, sessionsStarting } from '../../store/tables/sessions.ts';
import { entriesOfTalk, talksOf } from '../../store/tables/talks.ts';
import type { Methods } from '../kernel.ts';
import { proofOf } from './rules.ts';
import { shownEntry } from './shown-entry.ts';

/** The conversations of every chat. */
export const sessionMethods = ({
  records: { store },
  ownerAct,
}: Atom): Pick<Methods, Extract<keyof Methods, `sessions.${string}`>> => ({
  'sessions.list': async () => ({ sessions: await summaries(store) }),
  'sessions.show': async ({ session: key, number, limit }) => {
    const session = await sessionByKey(store, key);
    const talks = session ? await talksOf(store, session.id) : [];
    const talk = talks.find((one) => (number === undefined ? one.current : one.number === number));
    if (!session || !talk) throw unknown(key, number);
    const place = { session: session.id, number: talk.number };
    const entries = await entriesOfTalk(store, { ...place, limit });
    return { talk, talks, entries: entries.map(shownEntry), kept: keptOf(entries).kept };
  },
  'sessions.remove': async ({ session, number, code }) => {
    const resource = { session, ...(number === undefined ? {} : { number }) };
    const outcome = await ownerAct({ action: 'session.forget', resource }, proofOf(code));
    if (outcome.ok) return outcome.value as { readonly removed: number };
    const word = outcome.reason === 'denied' ? 'credentials' : 'blocked';
    const [first = '', ...next] = outcome.message.split('\n');
    throw new AtomError(word, first, { next });
  },
});

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

const unknown = (key: string, number: number | undefined): AtomError =>
  new AtomError(
    'not-found',
    number === undefined ? `There is no session ${key}.` : `${key} has no conversation ${number}.`,
    { next: ['See which there are:   atom sessions list'] },
  );
