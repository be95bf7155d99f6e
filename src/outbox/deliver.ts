import { backoff } from '../base/backoff.ts';
import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { within } from '../base/wait.ts';
import { type Channel, SendError, type SendFailure } from '../domain/channel.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Audit } from '../governance/audit/append.ts';
import { type Claim, holdsLane, releaseLane } from '../store/tables/lanes.ts';
import {
  externalIdOf,
  markMessage,
  markSending,
  nextMessage,
  type Queued,
  sendInstead,
} from '../store/tables/outbox.ts';
import { DOUBT } from './doubt.ts';
import { freeAt, notePace } from './pace.ts';

export interface DeliveryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly log: Log;
  readonly channel: (name: string) => Channel | undefined;
}

/** Each try whose end nobody knows may be one more copy: after this many a message is given up. */
const MOST_DOUBTFUL = 8;
/** What a platform puts off, or an outage keeps from it, is tried for a day before it is given up. */
const MOST_AGE_MS = 86_400_000;
const RETRY = { firstMs: 1000, capMs: 30_000 };
/** No platform takes longer to answer one message. */
const SEND_MS = 30_000;
/** A channel that does not even hear the signal is left behind. */
const DEAF_MS = 35_000;

/** What to do with one message now. */
type Next =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'drop'; readonly message: Queued; readonly reason: string }
  | {
      readonly kind: 'send';
      readonly message: Queued;
      readonly channel: Channel;
      readonly edits?: string;
    };

/** Sends the next message of a chat: the work of the outbox's lane loop. */
export const createDelivery =
  (deps: DeliveryDeps) =>
  async (claim: Claim, lost: AbortSignal): Promise<void> => {
    const next = await deps.store.tx((sql) => prepare(deps, sql, claim));
    if (next.kind === 'drop')
      deps.log.error(`not sent: ${next.reason}`, { message: next.message.id });
    if (next.kind !== 'send') return;
    const { message } = next;
    const sent = await attempt(next, lost);
    if ('kind' in sent)
      return deps.store.tx((sql) => failed(deps, sql, { claim, message, failure: sent }));
    await deps.store.tx(async (sql) => {
      await markMessage(sql, message.id, { state: 'sent', externalId: sent.externalId });
      await release(sql, claim, { done: 1, due: deps.clock.now() });
    });
    deps.log.info(`reply dispatched to ${message.to.channel} ${message.to.peer}`, {
      message: message.id,
      externalId: sent.externalId,
    });
  };

/** Decides and, where it will be sent, writes down that it is being sent, before anything leaves. */
async function prepare(deps: DeliveryDeps, sql: Sql, claim: Claim): Promise<Next> {
  if (!(await holdsLane(sql, 'out', claim))) throw leaseLost(claim);
  const message = await nextMessage(sql, claim.lane);
  const next = message ? await nextFor(deps, sql, message) : ({ kind: 'nothing' } as const);
  const now = deps.clock.now();
  if (next.kind === 'nothing') await release(sql, claim, { done: 1, due: now });
  if (next.kind === 'wait') await release(sql, claim, { done: 0, due: next.until });
  if (next.kind === 'drop') {
    await giveUp(deps, sql, next);
    await release(sql, claim, { done: 1, due: now });
  }
  if (next.kind === 'send') await begin(deps, sql, next);
  return next;
}

async function nextFor(deps: DeliveryDeps, sql: Sql, message: Queued): Promise<Next> {
  const channel = deps.channel(message.to.channel);
  if (!channel)
    return { kind: 'drop', message, reason: `the channel ${message.to.channel} is not configured` };
  const now = deps.clock.now();
  const until = await freeAt(sql, { message, channel }, now);
  if (until > now) return { kind: 'wait', until };
  if (message.edits === undefined) return { kind: 'send', message, channel };
  const edits = await externalIdOf(sql, message.edits);
  if (edits === undefined && message.orNew) return { kind: 'send', message, channel };
  if (edits === undefined)
    return { kind: 'drop', message, reason: 'the message to edit was never sent' };
  return { kind: 'send', message, channel, edits };
}

async function begin(
  deps: DeliveryDeps,
  sql: Sql,
  { message, channel }: { message: Queued; channel: Channel },
): Promise<void> {
  await notePace(sql, { message, channel }, deps.clock.now());
  await markSending(sql, message.id);
  if (mayRepeat(message, channel)) {
    await deps.audit(sql, 'message.repeated', { message: message.id, to: message.lane });
  }
}

/** True where a send may show the message a second time. An edit only says the same again. */
const mayRepeat = ({ state, edits }: Queued, { facts }: Channel): boolean =>
  (state === 'uncertain' || state === 'sending') && edits === undefined && !facts.idempotentSend;

/** Sends; what went wrong comes back as a value. */
async function attempt(
  { message, channel, edits }: Extract<Next, { kind: 'send' }>,
  lost: AbortSignal,
): Promise<{ readonly externalId: string } | SendFailure> {
  const request = {
    id: message.id,
    to: message.to,
    text: mayRepeat(message, channel) ? DOUBT + message.text : message.text,
    buttons: message.buttons,
    ...(edits === undefined ? {} : { edits }),
    ...(message.inReplyTo === undefined ? {} : { inReplyTo: message.inReplyTo }),
  };
  const signal = AbortSignal.any([lost, AbortSignal.timeout(SEND_MS)]);
  try {
    const { externalId } = await within(
      DEAF_MS,
      channel.facts.label,
      channel.send(request, signal),
    );
    return { externalId };
  } catch (error) {
    return error instanceof SendError ? error.failure : { kind: 'unknown', reason: String(error) };
  }
}

async function failed(
  deps: DeliveryDeps,
  sql: Sql,
  {
    claim,
    message,
    failure,
  }: { readonly claim: Claim; readonly message: Queued; readonly failure: SendFailure },
): Promise<void> {
  const { kind, reason } = failure;
  const now = deps.clock.now();
  deps.log.warn(`not sent (${kind}): ${reason}`, {
    message: message.id,
    attempt: message.attempts + 1,
  });
  if (kind === 'refused' && message.orNew) {
    await sendInstead(sql, message);
    return release(sql, claim, { done: 0, due: now });
  }
  if (isHopeless(message, kind, now)) {
    await giveUp(deps, sql, { message, reason });
    return release(sql, claim, { done: 1, due: now });
  }
  await markMessage(sql, message.id, {
    state: kind === 'unknown' ? 'uncertain' : 'queued',
    error: reason,
  });
  const wait =
    kind === 'later' && failure.retryMs !== undefined
      ? failure.retryMs
      : backoff(RETRY, message.attempts + 1);
  await release(sql, claim, { done: 0, due: now + wait });
}

const isHopeless = (message: Queued, kind: SendFailure['kind'], now: number): boolean =>
  kind === 'refused' ||
  (kind === 'unknown' && message.attempts + 1 >= MOST_DOUBTFUL) ||
  now - message.at >= MOST_AGE_MS;

async function giveUp(
  { audit }: DeliveryDeps,
  sql: Sql,
  { message, reason }: { readonly message: Queued; readonly reason: string },
): Promise<void> {
  await markMessage(sql, message.id, { state: 'failed', error: reason });
  await audit(sql, 'message.failed', { message: message.id, to: message.lane, reason });
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
