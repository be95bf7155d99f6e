import { systemCode } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import { SendError, type SendFailure } from '../../domain/channel.ts';
import { jsonWithin } from '../answers.ts';
import { neverLeft } from '../never-left.ts';

/** An account at Twilio. */
export interface TwilioAccess {
  readonly accountSid: string;
  readonly token: string;
  /** Another server than Twilio's own. */
  readonly apiRoot?: string;
}

/** Twilio's own codes: twilio.com/docs/api/errors. */
const TOO_MANY = 20_429;
const OPTED_OUT = 21_610;
const TELL: Readonly<Record<number, string>> = {
  20003: 'the account or its token is wrong: atom channels add sms',
  [OPTED_OUT]: 'this number answered STOP; it can only take that back itself, by START',
  21211: 'that is not a number that can be written to',
  21608: 'a trial account only writes to numbers that it has verified',
};

/** The credentials were refused: nothing works until they are mended. */
export class Unauthorized extends SendError {}

/**
 * Asks the account's part of the API, `path` being what follows `/Accounts/<sid>`. Resolves with the
 * answer; throws SendError, whose words hold no credentials.
 */
export async function callTwilio(
  access: TwilioAccess,
  { path, form }: { readonly path: string; readonly form?: URLSearchParams },
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const { accountSid, apiRoot = 'https://api.twilio.com' } = access;
  const url = `${apiRoot}/2010-04-01/Accounts/${accountSid}${path}.json`;
  const asked = await fetch(url, {
    method: form ? 'POST' : 'GET',
    headers: { authorization: basic(access) },
    redirect: 'error',
    signal,
    ...(form && { body: form }),
  }).catch((thrown: unknown) => {
    throw new SendError(unanswered(thrown));
  });
  const answer = await jsonWithin(asked);
  if (asked.ok && isRecord(answer)) return answer;
  throw refusalOf(asked, isRecord(answer) ? answer : undefined);
}

export const basic = ({ accountSid, token }: TwilioAccess): string =>
  `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;

/** Failing to connect is no try; whatever comes after it may have been one. */
function unanswered(thrown: unknown): SendFailure {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = systemCode(cause) ?? 'no answer';
  return neverLeft(cause)
    ? { kind: 'later', reason: `Twilio cannot be reached (${code})` }
    : { kind: 'unknown', reason: `Twilio did not answer (${code})` };
}

function refusalOf(
  { status, headers, ok }: Response,
  answer: Readonly<Record<string, unknown>> | undefined,
): SendError {
  // A proxy that answers for a silent server cannot say whether the server acted.
  if (answer === undefined)
    return new SendError({
      kind: status >= 500 || ok ? 'unknown' : 'later',
      reason: `HTTP ${status} from something that is not Twilio`,
    });
  const code = Number(answer.code);
  const reason = [`Twilio says: ${redact(String(answer.message)).slice(0, 300)}`, TELL[code]]
    .filter((words) => words !== undefined)
    .join('; ');
  if (status === 401) return new Unauthorized({ kind: 'later', reason });
  if (status === 429 || code === TOO_MANY) {
    const seconds = Number(headers.get('retry-after'));
    return new SendError({
      kind: 'later',
      reason,
      ...(seconds > 0 && { retryMs: seconds * 1000 }),
    });
  }
  return new SendError({ kind: status >= 500 ? 'unknown' : 'refused', reason });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
