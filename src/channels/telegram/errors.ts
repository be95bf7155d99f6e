import { capped } from '../../base/capped.ts';
import { systemCode } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import type { SendFailure } from '../../domain/channel.ts';
import { neverLeft } from '../never-left.ts';

/** Why a call to the Bot API did not work, told apart by what may be done about it. */
export type Trouble =
  /** Telegram itself said no. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly words: string;
      readonly retryMs?: number;
    }
  /** Something on the way answered in Telegram's place. */
  | { readonly kind: 'foreign'; readonly status: number; readonly words: string }
  /** The request never left, so nothing can have happened. */
  | { readonly kind: 'unsent'; readonly words: string }
  /** The request may have arrived; the answer did not. */
  | { readonly kind: 'silence'; readonly words: string };

/** Reads what grammy threw. The words are safe to show and to log: never a URL, never the token. */
export function troubleOf(thrown: unknown, token: string): Trouble {
  const answer = botAnswer(thrown);
  if (answer !== undefined) {
    const words = scrub(answer.description, token);
    const wait = answer.parameters?.retry_after;
    const retryMs = wait === undefined ? {} : { retryMs: wait * 1000 };
    return { kind: 'answer', status: answer.error_code, words, ...retryMs };
  }
  const status = foreignStatus(inner(thrown));
  if (status !== undefined) {
    return { kind: 'foreign', status, words: `HTTP ${status} from something that is not Telegram` };
  }
  return networkTrouble(inner(thrown), token);
}

/** What a trouble means for a message that was being sent. */
export function sendFailureOf(trouble: Trouble): SendFailure {
  const reason = trouble.kind === 'answer' ? `Telegram says: ${trouble.words}` : trouble.words;
  if (trouble.kind === 'unsent') return { kind: 'later', reason };
  if (trouble.kind === 'silence') return { kind: 'unknown', reason };
  if (trouble.kind === 'foreign') {
    // A proxy that answers for a silent server cannot say whether the server acted.
    return { kind: trouble.status >= 500 ? 'unknown' : 'later', reason };
  }
  if ([400, 403, 413].includes(trouble.status)) return { kind: 'refused', reason };
  const { retryMs } = trouble;
  return { kind: 'later', reason, ...(retryMs !== undefined && { retryMs }) };
}

interface BotAnswer {
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number };
}

// By shape, not `instanceof`: grammy is loaded late and its classes are not at hand here.
function botAnswer(thrown: unknown): BotAnswer | undefined {
  if (!(thrown instanceof Error) || !('error_code' in thrown)) return undefined;
  const { error_code: code, description } = thrown as Error & Partial<BotAnswer>;
  if (typeof code !== 'number') return undefined;
  return { ...(thrown as Error & BotAnswer), description: description ?? `error ${code}` };
}

const inner = (thrown: unknown): unknown =>
  thrown instanceof Error && thrown.name === 'HttpError' && 'error' in thrown
    ? thrown.error
    : thrown;

function foreignStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

function networkTrouble(error: unknown, token: string): Trouble {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = systemCode(cause) ?? scrub(String(cause), token);
  if (!neverLeft(cause)) return { kind: 'silence', words: `Telegram did not answer (${code})` };
  return { kind: 'unsent', words: `Telegram cannot be reached (${code})` };
}

const scrub = (words: string, token: string): string =>
  capped(redact(words.replaceAll(token, '[secret]')), 300);
