import { capped } from '../../base/capped.ts';
import { AtomError, systemCode } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import type { SendFailure } from '../../domain/channel.ts';
import { neverLeft } from '../never-left.ts';

/** Why a call to the HTTP API did not work, told apart by what may be done about it. */
export type Trouble =
  /** Discord itself said no; `code` is its own. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code: number;
      readonly words: string;
    }
  /** Not yet: may be tried again after so many milliseconds. */
  | { readonly kind: 'limit'; readonly retryMs: number; readonly words: string }
  /** Something on the way, or a server of Discord that is ill, answered instead. */
  | { readonly kind: 'foreign'; readonly status: number; readonly words: string }
  /** The request never left, so nothing can have happened. */
  | { readonly kind: 'unsent'; readonly words: string }
  /** The request may have arrived; the answer did not. */
  | { readonly kind: 'silence'; readonly words: string };

/** Reads what the library threw. The words are safe to show and to log: never a URL, never the token. */
export function troubleOf(thrown: unknown, token: string): Trouble {
  const safe = (words: string): string => capped(redact(words.replaceAll(token, '[secret]')), 300);
  if (thrown instanceof AtomError) return { kind: 'unsent', words: thrown.message };
  const { status, code, retryAfter, rawError, message } = fieldsOf(thrown);
  if (typeof retryAfter === 'number')
    return { kind: 'limit', retryMs: Math.max(0, Math.ceil(retryAfter)), words: LIMITED };
  if (typeof status === 'number' && rawError !== undefined && typeof code === 'number')
    return { kind: 'answer', status, code, words: safe(`${message} (${code})`) };
  if (typeof status === 'number')
    return { kind: 'foreign', status, words: `HTTP ${status} from something that is not Discord` };
  if (message?.includes(NO_TOKEN)) return { kind: 'unsent', words: REFUSED };
  return networkTrouble(thrown, safe);
}

/** What the library says once Discord has refused the token: it asks with it no more. */
const NO_TOKEN = 'Expected token to be set';
const REFUSED = 'Discord does not accept the token';

const LIMITED = 'Discord asks to wait (429)';

/** What a trouble means for a message that was being sent. */
export function sendFailureOf(trouble: Trouble): SendFailure {
  const reason = trouble.kind === 'answer' ? `Discord says: ${trouble.words}` : trouble.words;
  switch (trouble.kind) {
    case 'limit':
      return { kind: 'later', reason, retryMs: trouble.retryMs };
    case 'unsent':
      return { kind: 'later', reason };
    case 'silence':
      return { kind: 'unknown', reason };
    case 'foreign':
      // A proxy that answers for a silent server cannot say whether the server acted.
      return { kind: trouble.status >= 500 ? 'unknown' : 'later', reason };
    case 'answer':
      return { kind: [400, 403, 404, 413].includes(trouble.status) ? 'refused' : 'later', reason };
  }
}

// By shape, not `instanceof`: the library is loaded late and its classes are not at hand here.
const fieldsOf = (thrown: unknown) =>
  (thrown instanceof Error ? thrown : {}) as {
    readonly status?: unknown;
    readonly code?: unknown;
    readonly retryAfter?: unknown;
    readonly rawError?: unknown;
    readonly message?: string;
  };

function networkTrouble(error: unknown, safe: (words: string) => string): Trouble {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = systemCode(cause) ?? safe(String(cause));
  if (!neverLeft(cause)) return { kind: 'silence', words: `Discord did not answer (${code})` };
  return { kind: 'unsent', words: `Discord cannot be reached (${code})` };
}
