import { cutMiddle } from '../../base/cut-middle.ts';
import { mapTexts } from '../../base/map-texts.ts';
import type { Played, PlayStep } from '../../domain/playback.ts';
import type { Session, Talk, TranscriptEntry } from '../../domain/session.ts';
import type { Sql } from '../../domain/store.ts';
import { turnOf } from '../../domain/summary-event.ts';
import { decisionsIn, questionsOf, turnAfter } from '../../store/tables/playback.ts';
import { fieldOf } from '../../store/tables/run-record.ts';
import { findRun } from '../../store/tables/runs.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';
import type { RunPlace } from '../run-reports.ts';
import type { Facts } from './on-record.ts';
import { printedBy } from './printed.ts';
import { intentsOf, stepsOf } from './steps.ts';
import { findTalk, type TalkWish } from './talk.ts';

export interface PlayWish extends TalkWish {
  /** `next` of the turn before; 0 for the first. */
  readonly after: number;
}

/** All texts of one turn fit into one answer of the gateway, however many there are. */
const MOST_OF_ALL = 600_000;
const MOST_OF_ONE = 16_000;

/** The next turn of a conversation, its texts as they are kept. Throws AtomError `not-found`. */
export async function wholeTurn(place: RunPlace, wish: PlayWish): Promise<Played> {
  const { session, talk, number } = await meant(place.sql, wish);
  const at = { session: session.id, number, after: wish.after };
  const { entries, nextAt } = await turnAfter(place.sql, at);
  const [first, last] = [entries[0], entries.at(-1)];
  const played = { session: session.key, ...(talk ? { talk } : {}) };
  if (!first || !last) return played;
  const steps = stepsOf(entries, await factsOf(place, entries, nextAt));
  return { ...played, turn: { event: turnOf(first.event), steps }, next: last.seq };
}

/** Everything about the conversation where it begins; after that it is known, and takes a while to count. */
async function meant(
  sql: Sql,
  wish: PlayWish,
): Promise<{ readonly session: Session; readonly number: number; readonly talk?: Talk }> {
  const { number, after } = wish;
  const session = after > 0 && number ? await sessionByKey(sql, wish.session) : undefined;
  if (session && number) return { session, number };
  const found = await findTalk(sql, wish);
  return { ...found, number: found.talk.number };
}

/** Its long texts by their beginning and end. */
export function fitted(played: Played): Played {
  const { turn } = played;
  if (!turn) return played;
  const each = Math.floor(MOST_OF_ALL / Math.max(1, textsIn(turn.steps)));
  const most = Math.min(MOST_OF_ONE, Math.max(100, each));
  return mapTexts(played, (text) => cutMiddle(text, most));
}

function textsIn(steps: readonly PlayStep[]): number {
  let long = 0;
  mapTexts(steps, (text) => {
    if (text.length > 100) long += 1;
    return text;
  });
  return long;
}

/** What is on record just before a message is written down, or just after its answer is. */
const SLACK_MS = 5000;

/** Everything on record about a turn besides what was said in it. */
async function factsOf(
  { sql, folder }: RunPlace,
  entries: readonly TranscriptEntry[],
  nextAt: number | undefined,
): Promise<Facts> {
  const times = entries.map(({ at }) => at);
  const to = isOver(entries) ? Math.max(...times) : (nextAt ?? Number.MAX_SAFE_INTEGER);
  const intents = intentsOf(entries);
  const [decisions, questions] = await Promise.all([
    decisionsIn(sql, {
      event: turnOf(entries[0]?.event ?? ''),
      from: Math.min(...times) - SLACK_MS,
      to: to + SLACK_MS,
    }),
    questionsOf(sql, intents),
  ]);
  const begun = decisions.flatMap((entry) =>
    entry.kind === 'begun' ? [String(fieldOf(entry, 'run'))] : [],
  );
  const runs: Facts['runs'] = new Map(
    await Promise.all(
      [...new Set([...intents, ...begun])].map(async (id) => {
        const run = await findRun(sql, id);
        return [id, run && { run, printed: await printedBy(folder, id) }] as const;
      }),
    ),
  );
  return { decisions, questions, runs };
}

const isOver = (entries: readonly TranscriptEntry[]): boolean =>
  entries.some(({ item }) => item.role === 'assistant' && item.final);
