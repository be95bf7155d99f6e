import { redact } from '../../base/redact.ts';
import { SendError } from '../../domain/channel.ts';
import { jsonWithin } from '../answers.ts';
import { answeredByOther, Unauthorized, unanswered } from '../http-failure.ts';

export interface SlackAccess {
  /** `xoxb-…`: what the app may do in its workspace. */
  readonly botToken: string;
  /** Another server than Slack's own; ends with `/api`. */
  readonly apiRoot?: string;
}

export type Answer = Readonly<Record<string, unknown>>;

/** Asks one method of the Web API. Throws SendError, whose words hold no token. */
export type CallSlack = (
  method: string,
  /** As JSON, but for the methods that only take a form. */
  given: Answer | URLSearchParams,
  signal: AbortSignal,
) => Promise<Answer>;

const SLACK = 'https://slack.com/api';

/** Source: docs.slack.dev/reference/methods/chat.postMessage#errors, and those of the other methods. */
const REVOKED = new Set([
  ...['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'],
  ...['missing_scope', 'not_allowed_token_type', 'org_login_required', 'app_access_not_granted'],
]);
const LATER = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);
/** Slack itself does not know whether it acted. */
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'request_timeout']);
const TELL: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the app: /invite @its-name in that channel',
  channel_not_found: 'it is not in that channel, or there is none',
  missing_scope: 'add the scope to the app and install it again (atom help slack)',
  invalid_auth: 'copy the token again: atom channels add slack',
  token_revoked: 'install the app again and copy its token: atom channels add slack',
};

/** Calls with one token. `xapp-…` tokens are for one method only. */
export const callsWith =
  ({ botToken, apiRoot = SLACK }: SlackAccess): CallSlack =>
  async (method, given, signal) => {
    const response = await fetch(`${apiRoot}/${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${botToken}`,
        ...(given instanceof URLSearchParams ? {} : JSON_TYPE),
      },
      redirect: 'error',
      signal,
      body: given instanceof URLSearchParams ? given : JSON.stringify(given),
    }).catch((thrown: unknown) => {
      throw unanswered('Slack', thrown);
    });
    const answer = await jsonWithin(response);
    if (isRecord(answer) && answer.ok === true) return answer;
    throw refusalOf(response, isRecord(answer) ? answer : undefined);
  };

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

function refusalOf(response: Response, answer: Answer | undefined): SendError {
  const { status, headers } = response;
  if (status === 429) {
    const seconds = Number(headers.get('retry-after')) || 1;
    const reason = `Slack asks for a pause of ${seconds} s`;
    return new SendError({ kind: 'later', reason, retryMs: seconds * 1000 });
  }
  if (typeof answer?.error !== 'string') return answeredByOther('Slack', response);
  const code = answer.error;
  const needed = typeof answer.needed === 'string' ? ` (${answer.needed})` : '';
  const said = redact(`${code}${needed}`).slice(0, 300);
  const reason = [`Slack says: ${said}`, TELL[code]].filter((words) => words).join('; ');
  if (REVOKED.has(code)) return new Unauthorized({ kind: 'later', reason });
  if (LATER.has(code)) return new SendError({ kind: 'later', reason });
  return new SendError({ kind: UNKNOWN.has(code) ? 'unknown' : 'refused', reason });
}

export const isRecord = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
