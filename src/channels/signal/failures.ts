import { z } from 'zod';
import { quotable } from '../../base/visible.ts';
import type { SendFailure } from '../../domain/channel.ts';
import { RpcError, WireError } from './wire.ts';

const results = z.object({
  timestamp: z.number().int().positive(),
  results: z
    .array(
      z.object({
        type: z.string(),
        token: z.string().nullish(),
        retryAfterSeconds: z.number().nonnegative().nullish(),
      }),
    )
    .nullish(),
});

type Results = z.infer<typeof results>;
type Result = NonNullable<Results['results']>[number];

/** What signal-cli says of a message that it was to send. Undefined where that cannot be read. */
export function sentIn(answer: unknown): Results | undefined {
  const { success, data } = results.safeParse(answer);
  return success ? data : undefined;
}

/** Why a message reached nobody; undefined where it reached somebody. */
export function failureIn({ results: each }: Results): SendFailure | undefined {
  const [first] = each ?? [];
  if (!first || each?.some(({ type }) => type === 'SUCCESS')) return undefined;
  return failureOfResult(first);
}

/** What follows from whatever a send threw. */
export function sendFailureOf(thrown: unknown): SendFailure {
  if (thrown instanceof WireError)
    return thrown.asked
      ? { kind: 'unknown', reason: `signal-cli: ${thrown.message}` }
      : { kind: 'later', reason: `signal-cli cannot be reached (${thrown.message})` };
  if (!(thrown instanceof RpcError)) return { kind: 'unknown', reason: 'signal-cli: no answer' };
  const detailed = sentIn(responseIn(thrown.data));
  const [result] = detailed?.results ?? [];
  if (result) return failureOfResult(result);
  return failureOfCode(thrown);
}

function responseIn(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'response' in data
    ? data.response
    : undefined;
}

const CAPTCHA_PAGE = 'https://signalcaptchas.org/challenge/generate.html';
const LONGEST_REST_SECONDS = 24 * 3600;

function failureOfResult({ type, token, retryAfterSeconds }: Result): SendFailure {
  switch (type) {
    case 'UNREGISTERED_FAILURE':
      return refused('that account is not (or no longer) registered with Signal');
    case 'IDENTITY_FAILURE':
      return refused(UNTRUSTED);
    case 'RATE_LIMIT_FAILURE':
      return rested(token, retryAfterSeconds);
    case 'INVALID_PRE_KEY_FAILURE':
      return refused('Signal has no usable keys of that account; they should open Signal once');
    default:
      return { kind: 'unknown', reason: 'signal-cli lost the network while it was sending' };
  }
}

const UNTRUSTED =
  'the safety number of that account has changed. Compare it with them, then: signal-cli trust -v <safety number> <number>';

function rested(token: Result['token'], seconds: Result['retryAfterSeconds']): SendFailure {
  const retry = seconds
    ? { retryMs: Math.min(Math.ceil(seconds), LONGEST_REST_SECONDS) * 1000 }
    : {};
  const reason = token
    ? `Signal wants to see a person before it takes more. Solve ${CAPTCHA_PAGE}, then: signal-cli submitRateLimitChallenge --challenge ${short(token)} --captcha <what came out>`
    : 'Signal takes no more messages for now (too many)';
  return { kind: 'later', reason, ...retry };
}

/** signal-cli's own codes: -1 the request makes no sense, -3 network, -4 untrusted, -5 too many, -6 captcha. */
function failureOfCode({ code, message }: RpcError): SendFailure {
  const words = `signal-cli: ${short(message)}`;
  if (code === -5 || code === -6 || /\b(413|428|429)\b|rate ?limit/i.test(message))
    return {
      kind: 'later',
      reason: `${words}. Signal takes no more messages for now`,
      retryMs: MINUTE,
    };
  if (code === -4 || /untrusted/i.test(message)) return refused(UNTRUSTED);
  if (/UnknownHost|ConnectException|NoRouteToHost/.test(message))
    return { kind: 'later', reason: `${words}. signal-cli has no network` };
  if (code === -3 || code === -32603 || code === -2) return { kind: 'unknown', reason: words };
  if (/account/i.test(message))
    return refused(
      `${words}. Look at channels.signal.account, or link it: atom channels login signal`,
    );
  return refused(words);
}

const MINUTE = 60_000;
const MOST_WORDS = 300;

const short = (text: string): string => quotable(text.slice(0, MOST_WORDS));

const refused = (reason: string): SendFailure => ({ kind: 'refused', reason });
