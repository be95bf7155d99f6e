import { backoff } from '../base/backoff.ts';
import { within } from '../base/wait.ts';
import { type Channel, SendError, type SendFailure } from '../domain/channel.ts';
import type { Queued } from '../store/tables/outbox.ts';
import { DOUBT } from './doubt.ts';
import type { Next } from './next.ts';

/** No platform takes longer to answer one message. */
const SEND_MS = 30_000;
/** A channel that does not even hear the signal is left behind. */
const DEAF_MS = 35_000;

/** True where a send may show the message a second time. An edit only says the same again. */
export const mayRepeat = ({ state, edits }: Queued, { facts }: Channel): boolean =>
  (state === 'uncertain' || state === 'sending') && edits === undefined && !facts.idempotentSend;

/** Sends; what went wrong comes back as a value. */
export async function attempt(
  { message, channel, edits }: Extract<Next, { kind: 'send' }>,
  lost: AbortSignal,
): Promise<{ readonly externalId: string } | SendFailure> {
  const request = {
    id: message.id,
    to: message.to,
    text: mayRepeat(message, channel) ? DOUBT + message.text : message.text,
    buttons: message.buttons,
    ...(edits === undefined ? {} : { edits }),
    ...(message.format === undefined ? {} : { format: message.format }),
    ...(message.media === undefined || edits !== undefined ? {} : { media: message.media }),
    ...(message.inReplyTo === undefined ? {} : { inReplyTo: message.inReplyTo }),
    ...(message.quotes === undefined ? {} : { quotes: message.quotes }),
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

const RETRY = { firstMs: 1000, capMs: 30_000 };

/** How long to wait after so many tries: what the platform asked for, else longer each time. */
export const waitAfter = (failure: SendFailure, tries: number): number =>
  failure.kind === 'later' && failure.retryMs !== undefined
    ? failure.retryMs
    : backoff(RETRY, tries);
