import { systemCode } from '../base/errors.ts';
import { SendError } from '../domain/channel.ts';
import { neverLeft } from './never-left.ts';

/** The credentials were refused, or may not do what is needed: nothing works until that is mended. */
export class Unauthorized extends SendError {}

/**
 * What it means that `fetch` threw: failing to connect is no try, and whatever comes after it may have been
 * one. `who` did not answer: `Slack`. Says nothing of where it was sent.
 */
export function unanswered(who: string, thrown: unknown): SendError {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = systemCode(cause) ?? 'no answer';
  return new SendError(
    neverLeft(cause)
      ? { kind: 'later', reason: `${who} cannot be reached (${code})` }
      : { kind: 'unknown', reason: `${who} did not answer (${code})` },
  );
}

/** What it means that something else answered: a proxy for a silent server cannot say whether that acted. */
export const answeredByOther = (
  who: string,
  { status, ok }: Pick<Response, 'status' | 'ok'>,
): SendError =>
  new SendError({
    kind: status >= 500 || ok ? 'unknown' : 'later',
    reason: `HTTP ${status} from something that is not ${who}`,
  });
