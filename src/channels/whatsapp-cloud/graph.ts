import type { SendError } from '../../domain/channel.ts';
import { jsonWithin } from '../answers.ts';
import { answeredByOther, unanswered } from '../http-failure.ts';
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
    throw unanswered('Meta', thrown);
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

function refusalOf(response: Response, answer: unknown): SendError {
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : undefined;
  if (error !== undefined) return refusalFor(response.status, error as GraphError);
  return answeredByOther('Meta', response);
}

const isRecord = (value: unknown): value is Answer => typeof value === 'object' && value !== null;
