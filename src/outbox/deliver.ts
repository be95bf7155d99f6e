import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Channel, SendFailure } from '../domain/channel.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Audit } from '../governance/audit/append.ts';
import { type Claim, holdsLane, type LaneWork, releaseLane } from '../store/tables/lanes.ts';
import {
  forgetWords,
  markMessage,
  markSending,
  messageState,
  nextMessage,
  type Queued,
  sendInstead,
} from '../store/tables/outbox.ts';
import { attempt, mayRepeat, waitAfter } from './attempt.ts';
import { countEnd, type Ended, type Told } from './count.ts';
import { type Next, nextFor, noteEnd, noteTry } from './next.ts';
import { notePace, noteSeen } from './pace.ts';

export interface DeliveryDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** Of the lanes: paces and waits are on it. */
  readonly steady: Clock;
  readonly audit: Audit;
  readonly log: Log;
  readonly metrics: Told;
  readonly channel: (name: string) => Channel | undefined;
  /** Told of the approval of a card that did not arrive, as far as is known. */
  readonly undelivered?: (approval: string) => void;
  /** Told of a picture that nobody needs any more. */
  readonly discard: (media: NonNullable<Queued['media']>) => Promise<void>;
}

/** Each try whose end nobody knows may be one more copy: after this many a message is given up. */
const MOST_DOUBTFUL = 8;
/**
 * What a platform puts off, or an outage keeps from it, is tried for a day before it is given up. So many
 * tries as well, because a clock that was set ahead makes everything a day old.
 */
const MOST_AGE_MS = 86_400_000;
const LEAST_TRIES = 100;

/** Sends the next message of a chat: the work of the outbox's lane loop. */
export const createDelivery = (deps: DeliveryDeps): LaneWork<Next> => ({
  take: (sql, claim) => prepare(deps, sql, claim),
  work: async (claim, next, lost) => {
    if (next.kind === 'drop')
      deps.log.error(`not sent: ${next.reason}`, { message: next.message.id });
    if (next.kind === 'drop' || next.kind === 'expired')
      countEnd(deps.metrics, next.message, {
        outcome: next.kind === 'drop' ? 'failed' : 'expired',
      });
    if (next.kind === 'send') await send(deps, next, { claim, lost });
    if ('message' in next) await lookAfter(deps, next.message);
  },
});

/** What waits for how a message ended: its file is of no use any more, its card may have to be shown elsewhere. */
async function lookAfter(deps: DeliveryDeps, message: Queued): Promise<void> {
  const { media, approval } = message;
  if (media === undefined && approval === undefined) return;
  const state = (await messageState(deps.store, message.id)) ?? 'sent';
  if (media && ['sent', 'failed', 'expired'].includes(state)) await deps.discard(media);
  if (approval !== undefined && ['failed', 'uncertain'].includes(state))
    deps.undelivered?.(approval);
}

async function send(
  deps: DeliveryDeps,
  next: Extract<Next, { readonly kind: 'send' }>,
  { claim, lost }: { readonly claim: Claim; readonly lost: AbortSignal },
): Promise<void> {
  const { message } = next;
  // A process that was held up since it claimed the lane may find it somebody else's.
  if (lost.aborted || deps.steady.now() >= claim.until)
    return deps.store.tx((sql) => unsent(deps, sql, { claim, message }));
  const began = deps.clock.monotonic();
  const ended = await attempt(next, lost);
  const ms = deps.clock.monotonic() - began;
  const seen = deps.steady.now();
  const end = await deps.store.tx(async (sql): Promise<Ended> => {
    await noteSeen(sql, next, { noted: next.noted, seen });
    if ('kind' in ended) return failed(deps, sql, { claim, message, failure: ended });
    await arrived(deps, sql, { claim, message, ...ended });
    return { outcome: 'sent' };
  });
  countEnd(deps.metrics, message, { ...end, ms });
  if ('kind' in ended) return;
  deps.log.info(`reply dispatched to ${message.to.channel} ${message.to.peer}`, {
    message: message.id,
    externalId: ended.externalId,
  });
}

/** Decides and, where it will be sent, writes down that it is being sent, before anything leaves. */
async function prepare(deps: DeliveryDeps, sql: Sql, claim: Claim): Promise<Next> {
  if (!(await holdsLane(sql, 'out', claim))) throw leaseLost(claim);
  const message = await nextMessage(sql, claim.lane);
  const moment = { now: deps.clock.now(), steady: deps.steady.now() };
  const next: Next = message
    ? await nextFor(sql, { message, channel: deps.channel(message.to.channel) }, moment)
    : { kind: 'nothing' };
  if (next.kind === 'send') await begin(deps, sql, next);
  else if (next.kind === 'wait') await release(sql, claim, { done: 0, due: next.until });
  else {
    if (next.kind === 'drop') await giveUp(deps, sql, next);
    if (next.kind === 'expired') await expire(deps, sql, next.message);
    await release(sql, claim, { done: 1, due: moment.steady });
  }
  return next;
}

async function begin(
  deps: DeliveryDeps,
  sql: Sql,
  { message, channel, noted }: Extract<Next, { kind: 'send' }>,
): Promise<void> {
  await notePace(sql, { message, channel }, noted);
  await noteTry(sql, message.to.channel, noted);
  await markSending(sql, message.id);
  if (mayRepeat(message, channel)) {
    await deps.audit(sql, 'message.repeated', { message: message.id, to: message.lane });
  }
}

/** Puts back what was not sent after all; whoever claimed the lane meanwhile has seen it as it was, in doubt. */
async function unsent(
  deps: DeliveryDeps,
  sql: Sql,
  { claim, message }: { readonly claim: Claim; readonly message: Queued },
): Promise<void> {
  deps.log.warn('not sent: the lease ran out before', { message: message.id });
  await release(sql, claim, { done: 0, due: deps.steady.now() });
  await markMessage(sql, message.id, { state: message.state });
}

async function arrived(
  deps: DeliveryDeps,
  sql: Sql,
  {
    claim,
    message,
    externalId,
  }: { readonly claim: Claim; readonly message: Queued; readonly externalId: string },
): Promise<void> {
  const steady = deps.steady.now();
  await over(sql, message, { state: 'sent', externalId });
  await noteEnd(sql, message.to.channel, { steady });
  await release(sql, claim, { done: 1, due: steady });
}

async function failed(
  deps: DeliveryDeps,
  sql: Sql,
  {
    claim,
    message,
    failure,
  }: { readonly claim: Claim; readonly message: Queued; readonly failure: SendFailure },
): Promise<Ended> {
  const { kind, reason } = failure;
  const steady = deps.steady.now();
  deps.log.warn(`not sent (${kind}): ${reason}`, {
    message: message.id,
    attempt: message.attempts + 1,
  });
  const opened = await noteEnd(sql, message.to.channel, { failure, steady });
  if (kind === 'refused' && message.orNew) {
    await sendInstead(sql, message);
    await release(sql, claim, { done: 0, due: steady });
    return { outcome: 'retried', opened };
  }
  if (isHopeless(message, kind, deps.clock.now())) {
    await giveUp(deps, sql, { message, reason });
    await release(sql, claim, { done: 1, due: steady });
    return { outcome: 'failed', opened };
  }
  const uncertain = kind === 'unknown';
  await markMessage(sql, message.id, { state: uncertain ? 'uncertain' : 'queued', error: reason });
  await release(sql, claim, { done: 0, due: steady + waitAfter(failure, message.attempts + 1) });
  return { outcome: uncertain ? 'uncertain' : 'retried', opened };
}

const isHopeless = (message: Queued, kind: SendFailure['kind'], now: number): boolean =>
  kind === 'refused' ||
  (kind === 'unknown' && message.attempts + 1 >= MOST_DOUBTFUL) ||
  (now - message.at >= MOST_AGE_MS && message.attempts >= LEAST_TRIES);

async function giveUp(
  { audit }: DeliveryDeps,
  sql: Sql,
  { message, reason }: { readonly message: Queued; readonly reason: string },
): Promise<void> {
  await over(sql, message, { state: 'failed', error: reason });
  await audit(sql, 'message.failed', { message: message.id, to: message.lane, reason });
}

async function expire({ audit }: DeliveryDeps, sql: Sql, message: Queued): Promise<void> {
  await over(sql, message, { state: 'expired' });
  await audit(sql, 'message.expired', { message: message.id, to: message.lane });
}

/** Marks a message that goes nowhere any more. */
async function over(
  sql: Sql,
  message: Queued,
  ended: Parameters<typeof markMessage>[2],
): Promise<void> {
  await markMessage(sql, message.id, ended);
  if (message.secret) await forgetWords(sql, message);
}

/** Throws where the lease was lost: then nothing of the transaction stands. */
async function release(
  sql: Sql,
  claim: Claim,
  { done, due }: { readonly done: number; readonly due: number },
): Promise<void> {
  if (!(await releaseLane(sql, { queue: 'out', claim, done, due }))) throw leaseLost(claim);
}

const leaseLost = ({ lane }: Claim): AtomError =>
  new AtomError('failed', `the lease on ${lane} ran out, so its next holder goes on`);
