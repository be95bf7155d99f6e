import { redact } from '../../base/redact.ts';
import { SendError } from '../../domain/channel.ts';
import { jsonWithin } from '../answers.ts';
import { answeredByOther, Unauthorized, unanswered } from '../http-failure.ts';

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
    throw unanswered('Twilio', thrown);
  });
  const answer = await jsonWithin(asked);
  if (asked.ok && isRecord(answer)) return answer;
  throw refusalOf(asked, isRecord(answer) ? answer : undefined);
}

export const basic = ({ accountSid, token }: TwilioAccess): string =>
  `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;

function refusalOf(
  response: Response,
  answer: Readonly<Record<string, unknown>> | undefined,
): SendError {
  if (answer === undefined) return answeredByOther('Twilio', response);
  const { status, headers } = response;
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
