import { backoff } from '../base/backoff.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { type Channel, SendError, type SendFailure } from '../domain/channel.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Audit } from '../governance/audit/append.ts';
import { type Claim, releaseLane } from '../store/tables/lanes.ts';
import {
  externalIdOf,
  markMessage,
  markSending,
  nextMessage,
  type Queued,
} from '../store/tables/outbox.ts';
import { keepSentTimes, sentTimes } from '../store/tables/send-windows.ts';
import { earliest, noteSent, windowsOf } from './rate.ts';

export interface DeliveryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly log: Log;
  readonly channel: (name: string) => Channel | undefined;
}

/** After this many tries a message is given up, and said so. */
const MOST_ATTEMPTS = 8;
const RETRY = { firstMs: 1000, capMs: 30_000 };
/** No platform takes longer to answer one message. */
const SEND_MS = 30_000;

const DOUBT = '(This may be a repeat: atom was stopped while sending it.)\n';

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
    const failure = await attempt(deps, next, lost);
    if (failure)
      await deps.store.tx((sql) => failed(deps, sql, { claim, message: next.message, failure }));
    else await deps.store.tx((sql) => release(sql, claim, { done: 1, due: deps.clock.now() }));
  };

/** Decides and, where it will be sent, writes down that it is being sent, before anything leaves. */
async function prepare(deps: DeliveryDeps, sql: Sql, claim: Claim): Promise<Next> {
  const message = await nextMessage(sql, claim.lane);
  const next = message ? await nextFor(deps, sql, message) : ({ kind: 'nothing' } as const);
  const now = deps.clock.now();
  if (next.kind === 'nothing') await release(sql, claim, { done: 1, due: now });
  if (next.kind === 'wait') await release(sql, claim, { done: 0, due: next.until });
  if (next.kind === 'drop') {
    await markMessage(sql, next.message.id, { state: 'failed', error: next.reason });
    await release(sql, claim, { done: 1, due: now });
  }
  if (next.kind === 'send') await begin(deps, sql, next);
  return next;
}

async function nextFor(deps: DeliveryDeps, sql: Sql, message: Queued): Promise<Next> {
  const channel = deps.channel(message.to.channel);
  if (!channel)
    return { kind: 'drop', message, reason: `the channel ${message.to.channel} is not configured` };
  const until = await freeAt(deps, sql, { message, channel });
  if (until > deps.clock.now()) return { kind: 'wait', until };
  if (message.edits === undefined) return { kind: 'send', message, channel };
  const edits = await externalIdOf(sql, message.edits);
  if (edits === undefined)
    return { kind: 'drop', message, reason: 'the message to edit was never sent' };
  return { kind: 'send', message, channel, edits };
}

async function freeAt(
  { clock }: DeliveryDeps,
  sql: Sql,
  { message, channel }: { message: Queued; channel: Channel },
): Promise<number> {
  const now = clock.now();
  let free = now;
  for (const window of windowsFor(message, channel)) {
    free = Math.max(free, earliest(window, await sentTimes(sql, window.scope), now));
  }
  return free;
}

/** Telegram's group chats have negative ids; elsewhere a session's key says what a chat is. */
const windowsFor = (message: Queued, channel: Channel) =>
  windowsOf(channel.facts.rate, {
    channel: message.to.channel,
    lane: message.lane,
    isGroup: message.to.peer.startsWith('-'),
  });

async function begin(
  deps: DeliveryDeps,
  sql: Sql,
  { message, channel }: { message: Queued; channel: Channel },
): Promise<void> {
  const now = deps.clock.now();
  for (const window of windowsFor(message, channel)) {
    await keepSentTimes(
      sql,
      window.scope,
      noteSent(window, await sentTimes(sql, window.scope), now),
    );
  }
  await markSending(sql, message.id);
  if (inDoubt(message) && !channel.facts.idempotentSend) {
    await deps.audit(sql, 'message.repeated', { message: message.id, to: message.lane });
  }
}

const inDoubt = ({ state }: Queued): boolean => state === 'uncertain' || state === 'sending';

/** Sends and marks as sent; what went wrong comes back as a value. */
async function attempt(
  deps: DeliveryDeps,
  { message, channel, edits }: Extract<Next, { kind: 'send' }>,
  lost: AbortSignal,
): Promise<SendFailure | undefined> {
  const flagged = inDoubt(message) && !channel.facts.idempotentSend && edits === undefined;
  const request = {
    id: message.id,
    to: message.to,
    text: flagged ? (DOUBT + message.text).slice(0, channel.facts.maxLength) : message.text,
    buttons: message.buttons,
    ...(edits === undefined ? {} : { edits }),
    ...(message.inReplyTo === undefined ? {} : { inReplyTo: message.inReplyTo }),
  };
  try {
    const { externalId } = await channel.send(
      request,
      AbortSignal.any([lost, AbortSignal.timeout(SEND_MS)]),
    );
    await markMessage(deps.store, message.id, { state: 'sent', externalId });
    deps.log.info(`reply dispatched to ${message.to.channel} ${message.to.peer}`, {
      message: message.id,
      externalId,
    });
    return undefined;
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
  if (kind === 'refused' || message.attempts + 1 >= MOST_ATTEMPTS) {
    await markMessage(sql, message.id, { state: 'failed', error: reason });
    await deps.audit(sql, 'message.failed', { message: message.id, to: message.lane, reason });
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

async function release(
  sql: Sql,
  claim: Claim,
  { done, due }: { readonly done: number; readonly due: number },
): Promise<void> {
  await releaseLane(sql, { queue: 'out', claim, done, due });
}
