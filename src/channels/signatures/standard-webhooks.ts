import { createSecretKey, type KeyObject } from 'node:crypto';
import { sameText } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import type { HookRequest } from '../../domain/hook.ts';
import { hmac } from './hmac.ts';
import { checkMoment } from './moment.ts';
import { NO_MATCH, refused, type Verified } from './verified.ts';

/** What is signed: a message of Standard Webhooks, under an id that stays the same when it is sent again. */
export interface StandardMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly body: string | Uint8Array;
}

export type StandardVerified =
  | { readonly ok: true; readonly id: string; readonly at: number }
  | Extract<Verified, { readonly ok: false }>;

/** Something of a secret in the notation of Standard Webhooks: `whsec_` and 32 bytes of base64. */
export const newStandardSecret = (): string => `whsec_${randomKey(32).toString('base64')}`;

/** The headers that a message goes out with. Source: github.com/standard-webhooks/standard-webhooks. */
export const signStandard = (
  { id, at, body }: StandardMessage,
  secret: string,
): Readonly<Record<string, string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': `v1,${signature({ id, at, body }, requireKey(secret))}`,
});

/** False for what nothing can be signed with, and nothing checked. */
export const isStandardSecret = (secret: string): boolean => keyIn(secret) !== undefined;

/** Checks a message that came in; one of its signatures must match. `now` in milliseconds. */
export const verifyStandard = (
  request: Pick<HookRequest, 'headers' | 'body'>,
  { secret, now }: { readonly secret: string; readonly now: number },
): StandardVerified => verifierOf(secret)(request, now);

/** The same for all messages under one secret, which is read once. */
export function verifierOf(
  secret: string,
): (request: Pick<HookRequest, 'headers' | 'body'>, now: number) => StandardVerified {
  const key = keyIn(secret);
  return (request, now) => verify(request, { key, now });
}

function verify(
  { headers, body }: Pick<HookRequest, 'headers' | 'body'>,
  { key, now }: { readonly key: KeyObject | undefined; readonly now: number },
): StandardVerified {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': given } = headers;
  // A full stop would let one message be read as another: it is what parts them.
  if (id === undefined || !/^[!-~]{1,256}$/.test(id) || id.includes('.'))
    return refused('it has no id that could be one');
  const moment = checkMoment(seconds, now);
  if (!moment.ok) return moment;
  if (given === undefined) return refused('it is not signed');
  if (!key) return refused('the secret that is stored is none');
  const at = Number(seconds);
  const own = `v1,${signature({ id, at: seconds ?? '', body }, key)}`;
  const matches = given.split(/,? +/).filter((one) => sameText(one, own));
  return matches.length > 0 ? { ok: true, id, at } : refused(NO_MATCH);
}

const signature = (
  { id, at, body }: Omit<StandardMessage, 'at'> & { readonly at: number | string },
  key: KeyObject,
): string => hmac({ hash: 'sha256', key, as: 'base64' }, `${id}.${at}.`, body);

/** Throws AtomError `credentials` for what is no secret of theirs, without repeating it. */
function requireKey(secret: string): KeyObject {
  const key = keyIn(secret);
  if (key) return key;
  throw new AtomError(
    'credentials',
    'The secret is none of Standard Webhooks: whsec_ and at least 16 bytes in base64.',
  );
}

function keyIn(secret: string): KeyObject | undefined {
  const text = secret.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  const isWhole = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return key.length >= LEAST_KEY && isWhole ? createSecretKey(key) : undefined;
}

/** Bytes. The specification asks for 24 to 64; its own example has 24. */
const LEAST_KEY = 16;
