import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/wait.ts';
import type { Bus } from '../bus/bus.ts';
import { type Address, addressKey } from '../domain/address.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { LiveRun } from '../domain/live-run.ts';
import type { Sql, Store } from '../domain/store.ts';
import {
  type Draft,
  messageState,
  messageTime,
  queueMessage,
  renewMessage,
} from '../store/tables/outbox.ts';
import { isWaiting } from '../store/tables/spool.ts';
import { roomIn } from './doubt.ts';
import { ranText, runningText } from './progress-text.ts';
import { splitText } from './split.ts';

/** The message that shows how the runs of an event go: one, however many there are. */
export const progressId = (event: string): string => `progress:${event}`;

/** Whoever waits this long has looked away: the answer is a message of its own, which rings. */
export const LOOKS_FOR_MS = 30_000;

export interface ProgressDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly facts: (channel: string) => ChannelFacts;
  /** The run of an id, while it is under way. */
  readonly live?: (run: string) => LiveRun | undefined;
}

interface Shown {
  readonly home: Address;
  readonly facts: ChannelFacts;
  readonly isGroup: boolean;
}

/**
 * Shows a run in the chat that it is for until it is over: one message, edited again and again or, where
 * a channel cannot edit, a single one after half a minute. Resolves to how often it was told.
 */
export async function showProgress(
  deps: ProgressDeps,
  run: LiveRun,
  shown: Shown,
): Promise<{ readonly told: number }> {
  const { facts } = shown;
  let told = 0;
  const tell = async (text: string): Promise<void> => {
    const fits = splitText(text, roomIn(facts))[0] ?? '';
    if (await deps.store.tx((sql) => say(deps, sql, { run, shown, text: fits }))) told += 1;
    deps.bus.tell('outbound', undefined);
  };
  if (!facts.edits) await pause(LOOKS_FOR_MS - run.elapsedMs(), run.over);
  while (!run.over.aborted) {
    await tell(runningText(run, shown.isGroup));
    await pause(facts.edits ? paceOf(run, shown) : Number.MAX_SAFE_INTEGER, run.over);
  }
  // The answer may be another message: this one must not say for ever that something runs.
  if (facts.edits && told > 0) await tell(ranText(run, shown.isGroup));
  return { told };
}

/**
 * Whether an answer takes the place of the message that showed its run: it fits, and whoever asked is
 * still looking. Otherwise it is a message of its own, because an edit rings nowhere.
 */
export async function takesPlace(
  sql: Sql,
  answer: {
    readonly event: string;
    readonly text: string;
    readonly facts: ChannelFacts;
    readonly now: number;
  },
): Promise<boolean> {
  const { event, text, facts, now } = answer;
  const shownAt = await messageTime(sql, progressId(event));
  if (shownAt === undefined || !facts.edits || now - shownAt >= LOOKS_FOR_MS) return false;
  return text.trim() !== '' && splitText(text, roomIn(facts)).length === 1;
}

interface Word {
  readonly run: LiveRun;
  readonly shown: Shown;
  readonly text: string;
}

/** False where there is nobody left to tell: its event was answered, or the message is gone. */
async function say(
  { clock }: ProgressDeps,
  sql: Sql,
  { run, shown: { home, facts }, text }: Word,
): Promise<boolean> {
  const id = progressId(run.event);
  if (!(await isWaiting(sql, run.event))) return false;
  const draft: Draft = {
    id,
    to: home,
    text,
    buttons: [],
    inReplyTo: run.event,
    at: clock.now(),
  };
  const first = await messageState(sql, id);
  if (first === undefined) await queueMessage(sql, draft, addressKey(home));
  else if (!facts.edits) return false;
  else if (first === 'queued') await renewMessage(sql, { ...draft, at: clock.now() });
  else if (first === 'sent') return edit(sql, draft);
  return true;
}

/** One row for all edits: what waits to be sent is made newer, and nothing queues up behind it. */
async function edit(sql: Sql, { inReplyTo: _, ...draft }: Draft): Promise<boolean> {
  const again: Draft = { ...draft, id: `${draft.id}:now`, edits: draft.id };
  const state = await messageState(sql, again.id);
  if (state === 'failed') return false;
  if (state === undefined) await queueMessage(sql, again, addressKey(again.to));
  else await renewMessage(sql, again);
  return true;
}

const LEAST_MS = 1000;
const MOST_MS = 10_000;

/** The longer it runs, the less often: once a second at first, and never more than half of a group's limit. */
function paceOf(run: LiveRun, { facts, isGroup }: Shown): number {
  const { chat, group } = facts.rate;
  const least = Math.max(
    LEAST_MS,
    chat ? chat.ms / chat.count : 0,
    isGroup && group ? (2 * group.ms) / group.count : 0,
  );
  return Math.max(least, Math.min(MOST_MS, run.elapsedMs() / 10));
}

const pause = (ms: number, over: AbortSignal): Promise<void> =>
  sleep(Math.min(Math.max(0, ms), 2 ** 31 - 1), over).catch(() => undefined);
