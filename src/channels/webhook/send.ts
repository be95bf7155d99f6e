import type { Clock } from '../../base/clock.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import { keyOf } from '../../protocol/session-key.ts';
import { unanswered } from '../http-failure.ts';
import { signStandard } from '../signatures/standard-webhooks.ts';
import type { Source } from './source.ts';

/**
 * Posts an answer to the address of its source, under an id that stays the same when it is posted again.
 * A source without one is answered nowhere. Throws SendError.
 */
export async function postAnswer(
  { sources, clock }: { readonly sources: readonly Source[]; readonly clock: Clock },
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  if (message.edits !== undefined)
    throw new SendError({ kind: 'refused', reason: 'what was posted cannot be changed' });
  const source = sources.find(({ name }) => name === message.to.account);
  if (!source)
    throw new SendError({
      kind: 'refused',
      reason: 'this program is not in the settings any more',
    });
  if (source.out === undefined) return message.id;
  const { url, secret } = source.out;
  const id = message.id.replaceAll('.', '_');
  const now = clock.now();
  const body = JSON.stringify(answerOf(message, id, now));
  const headers = signStandard({ id, at: Math.floor(now / 1000), body }, secret);
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal,
    headers: { ...headers, 'content-type': 'application/json' },
  }).catch((thrown: unknown) => {
    throw unanswered('the address for answers', thrown);
  });
  await response.body?.cancel();
  if (!response.ok) throw refusalOf(response);
  return id;
}

/** As Standard Webhooks would have it: what kind, when, and of what. */
const answerOf = ({ text, to, inReplyTo }: SendRequest, id: string, now: number) => ({
  type: 'message.sent',
  timestamp: new Date(now).toISOString(),
  data: {
    id,
    session: keyOf(to, false),
    text,
    ...(to.thread === undefined ? {} : { thread: to.thread }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
  },
});

/** Gone, and too large, stay so; whatever else it says may be mended there. */
const FOR_GOOD: readonly number[] = [410, 413];

function refusalOf({ status, headers }: Response): SendError {
  const reason = `the address for answers says ${status}`;
  if (FOR_GOOD.includes(status)) return new SendError({ kind: 'refused', reason });
  const seconds = Number(headers.get('retry-after'));
  const retry = seconds > 0 ? { retryMs: Math.min(seconds, 3600) * 1000 } : {};
  return new SendError({ kind: 'later', reason, ...retry });
}
