import type { Action, Outcome, Perform } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { Errand } from '../domain/errand.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Fence } from '../domain/fence.ts';
import { joinLabels, type Labels } from '../domain/label.ts';
import type { Session } from '../domain/session.ts';
import { Stopped } from '../domain/stopped.ts';
import type { Unwritten } from '../domain/unwritten.ts';
import type { User } from '../domain/user.ts';
import { createAgentAsk, mayAsk } from '../errands/ask-action.ts';
import { errandsLimit } from '../errands/begin.ts';
import { bringBack, wakeFor } from '../errands/wake.ts';
import type { FeedDeps } from '../feed/post.ts';
import { type Own, redactPost } from '../feed/redact.ts';
import { keyOf } from '../protocol/session-key.ts';
import type { Running } from '../sessions/running.ts';
import { createAlarm } from '../store/alarm.ts';
import { type AgentRow, allAgents } from '../store/tables/agents.ts';
import { answerOf, errandOf } from '../store/tables/errands.ts';
import { postBySeq } from '../store/tables/feed.ts';
import { findEvent, markHandled, resultOf } from '../store/tables/spool.ts';
import type { AtomOptions } from './parts.ts';
import { privateChannels } from './private-places.ts';
import type { Records } from './record.ts';
import { createOwn } from './redaction.ts';
import { userBehind } from './whose.ts';

/** What agents do for each other. */
export interface Errands {
  /** `agent.ask`. */
  readonly action: Action;
  /** Wakes whom a post in the feed is for, and brings an answer back to whoever asked. */
  readonly posted: NonNullable<FeedDeps['posted']>;
  /** Posts what came of a turn that a question in the feed began, once, as a reply to it. */
  report(turn: Reported, signal: AbortSignal): Promise<void>;
  /** Those whom an agent may ask in the turn of an event. */
  colleagues(agent: Agent, event: InboundEvent): Promise<readonly AgentRow[]>;
  /**
   * What comes of an errand, by its event. Where a person stops whoever waits, or it takes too long, the errand
   * is stopped with it; where the gateway ends, it goes on at the next start, and so does the wait.
   */
  answered(event: string, signal: AbortSignal): Promise<Outcome>;
  /** How many turns do nothing but wait for another. */
  waiting(): number;
}

export interface ErrandParts {
  readonly records: Records;
  readonly running: Pick<Running, 'stop'>;
  readonly performAs: (agent: string) => Perform;
  /** Nobody waits longer for an answer. */
  readonly longestMs?: number;
}

/** A turn that is about to end, and what it would answer. */
export interface Reported {
  readonly event: InboundEvent;
  readonly session: Session;
  readonly stillMine: Fence;
  readonly draft: Unwritten;
  readonly result: { readonly kind: string; readonly text: string };
}

/** A question to the owner expires before. */
const LONGEST_MS = 600_000;
/** Behind the wake-ups, which may be lost, the store is looked at this often. */
const LOOK_MS = 1000;

export function createErrands(
  options: Pick<AtomOptions, 'config'> & Parameters<typeof createOwn>[0],
  parts: ErrandParts,
): Errands {
  const { clock, config } = options;
  const { store, bus, users } = parts.records;
  const own = createOwn(options);
  const behindIn = { users, sql: store };
  let waiting = 0;
  return {
    action: createAgentAsk({
      store,
      bus,
      clock,
      isPrivate: privateChannels(config),
      readBy: ({ model = config.model }) => (model === 'offline' ? 'nobody' : 'provider'),
    }),
    posted: async (sql, post, request) => {
      const user = await userBehind({ users, sql }, request.context.event);
      const begun = await wakeFor(sql, post, request, {
        // What is said for one user is no part of what another one's agents know.
        ...(user === undefined ? {} : { thread: `of-${user.name}` }),
        may: (agent) => mayWork(user, agent),
      });
      await bringBack(sql, post);
      return () => {
        if (begun.length > 0) bus.tell('inbound', undefined);
        for (const one of begun)
          if ('full' in one)
            bus.tell('limit.reached', { id: errandsLimit(one.root), words: one.full });
      };
    },
    report: (turn, signal) => report({ ...parts, own }, turn, signal),
    colleagues: async (agent, event) => {
      const user = await userBehind(behindIn, event);
      return (await allAgents(store)).filter(
        (other) => mayAsk(other, agent) && mayWork(user, other.id),
      );
    },
    answered: async (event, signal) => {
      const errand = await errandOf(store, event);
      if (!errand) return failed('What was asked is on record no more.');
      waiting += 1;
      // Whoever only waits keeps no hand from taking the turn that is waited for.
      bus.tell('inbound', undefined);
      try {
        return await answerTo(parts, errand, signal);
      } finally {
        waiting -= 1;
      }
    },
    waiting: () => waiting,
  };
}

const mayWork = (user: User | undefined, agent: string): boolean =>
  user === undefined || user.agents.includes(agent);

async function answerTo(
  { records, running, longestMs = LONGEST_MS }: ErrandParts,
  errand: Errand,
  signal: AbortSignal,
): Promise<Outcome> {
  const { store, bus } = records;
  const alarm = createAlarm();
  const late = AbortSignal.timeout(longestMs);
  const over = AbortSignal.any([signal, late]);
  const unsubscribe = bus.on('errand.answered', ({ event }) => {
    if (event === errand.event) alarm.wake();
  });
  over.addEventListener('abort', alarm.wake, { once: true });
  try {
    for (;;) {
      const found = await outcomeOf(records, errand);
      if (found) return found;
      if (over.aborted) break;
      await alarm.wait(LOOK_MS);
    }
  } finally {
    unsubscribe();
    over.removeEventListener('abort', alarm.wake);
  }
  if (signal.aborted && !(signal.reason instanceof Stopped)) return STOPPED;
  const from = await findEvent(store, errand.event);
  const isRunning = from && running.stop(keyOf(from.from, false), 'whoever asked for it');
  if (!isRunning) await markHandled(store, errand.event, 'stopped');
  return signal.aborted
    ? STOPPED
    : failed(
        `${errand.asked} did not answer within ${longestMs / 60_000} minutes, and was stopped.`,
      );
}

async function report(
  { records, performAs, own }: ErrandParts & { readonly own: () => Promise<Own> },
  { event, session, stillMine, draft, result: { kind, text } }: Reported,
  signal: AbortSignal,
): Promise<void> {
  const errand = event.via?.surface === 'agent' && (await errandOf(records.store, event.id));
  if (!errand || errand.post === undefined || kind !== 'replied' || text.trim() === '') return;
  if ((await postBySeq(records.store, errand.post))?.kind !== 'question') return;
  const told = await own()
    .then((mine) => redactPost(text, mine))
    .catch(() => undefined);
  // Where it cannot be told what is private in it; it stands in its own conversation all the same.
  if (told === undefined) return;
  const resource = { kind: 'status', text: told, replyTo: errand.post };
  const context = { session: session.id, event: event.id };
  // Whatever it comes to is on the record; the answer stands in its own conversation all the same.
  await performAs(session.agent)(
    { id: `${event.id}:feed`, action: 'feed.post', resource, context },
    { signal, stillMine, upfront: draft },
  );
}

/** Undefined while its turn has not ended. */
async function outcomeOf(
  { store }: Pick<Records, 'store'>,
  { event, asked }: Errand,
): Promise<Outcome | undefined> {
  const answer = await answerOf(store, event);
  if (answer)
    return {
      ok: true,
      value: { agent: asked, answer: answer.text, result: answer.result },
      from: { labels: joinLabels(answer.labels, LOCAL), source: `an answer of ${asked}` },
    };
  const ended = await resultOf(store, event);
  return ended === undefined ? undefined : failed(`${asked} gave no answer (${ended}).`);
}

/** An agent's words are never the owner's own. */
const LOCAL: Labels = { integrity: 'local', confidentiality: 'public' };

const STOPPED: Outcome = { ok: false, reason: 'stopped', message: 'Stopped before it answered.' };

const failed = (message: string): Outcome => ({ ok: false, reason: 'failed', message });
