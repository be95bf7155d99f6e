import { systemCode } from '../../base/errors.ts';
import { SendError, type SendFailure } from '../../domain/channel.ts';
import { jsonWithin } from '../answers.ts';
import { neverLeft } from '../never-left.ts';
import { hmac } from '../signatures/hmac.ts';
import { type GraphError, refusalFor } from './graph-errors.ts';

/** A number at Meta, and the app that speaks for it. */
export interface GraphAccess {
  readonly phoneNumberId: string;
  readonly token: string;
  readonly appSecret: string;
  /** Of the API, such as `v23.0`. */
  readonly version: string;
  /** Another server than Meta's own. */
  readonly apiRoot?: string;
}

export interface GraphWish {
  /** What follows the version: `/<id>/messages`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Absent for what is only looked at. */
  readonly body?: FormData | Readonly<Record<string, unknown>>;
}

type Answer = Readonly<Record<string, unknown>>;

/** Asks Meta's Graph API. Throws SendError, whose words hold no credentials. */
export async function callGraph(
  access: GraphAccess,
  { path, query, body }: GraphWish,
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(`${rootOf(access)}/${access.version}${path}`);
  // Source: developers.facebook.com/docs/graph-api/guides/secure-requests#appsecret_proof.
  const proof = hmac({ hash: 'sha256', key: access.appSecret, as: 'hex' }, access.token);
  url.search = String(new URLSearchParams({ ...query, appsecret_proof: proof }));
  const asked = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...bearer(access), ...typeOf(body) },
    redirect: 'error',
    signal,
    ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  }).catch((thrown: unknown) => {
    throw new SendError(unanswered(thrown));
  });
  const answer = await jsonWithin(asked);
  if (asked.ok && isRecord(answer)) return answer;
  throw refusalOf(asked, answer);
}

export const rootOf = ({ apiRoot }: GraphAccess): string => apiRoot ?? 'https://graph.facebook.com';

export const bearer = ({ token }: GraphAccess) => ({ authorization: `Bearer ${token}` });

/** A form brings its own. */
const typeOf = (body: GraphWish['body']) =>
  body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' };

/** Failing to connect is no try; whatever comes after it may have been one. */
function unanswered(thrown: unknown): SendFailure {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = systemCode(cause) ?? 'no answer';
  return neverLeft(cause)
    ? { kind: 'later', reason: `Meta cannot be reached (${code})` }
    : { kind: 'unknown', reason: `Meta did not answer (${code})` };
}

function refusalOf({ status, ok }: Response, answer: unknown): SendError {
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : undefined;
  if (error !== undefined) return refusalFor(status, error as GraphError);
  // A proxy that answers for a silent server cannot say whether the server acted.
  return new SendError({
    kind: status >= 500 || ok ? 'unknown' : 'later',
    reason: `HTTP ${status} from something that is not Meta`,
  });
}

const isRecord = (value: unknown): value is Answer => typeof value === 'object' && value !== null;
