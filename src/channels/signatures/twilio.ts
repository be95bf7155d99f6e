import { sameText, sha256 } from '../../base/digest.ts';
import type { HookRequest } from '../../domain/hook.ts';
import { hmac } from './hmac.ts';
import { NO_MATCH, refused, type Verified } from './verified.ts';

/** The parameters of a form, each with its values in the order they came. */
export type Form = ReadonlyMap<string, readonly string[]>;

export type TwilioVerified =
  | { readonly ok: true; readonly form: Form }
  | Extract<Verified, { readonly ok: false }>;

/**
 * `X-Twilio-Signature`, over the address as Twilio was told it and the parameters of the form, or over an
 * address that holds the hash of a body of JSON. It holds no time: whoever takes it must know the ids that
 * it has seen. Source: twilio.com/docs/usage/security#validating-requests.
 */
export function verifyTwilio(
  { url, headers, body }: Pick<HookRequest, 'url' | 'headers' | 'body'>,
  authToken: string,
): TwilioVerified {
  const given = headers['x-twilio-signature'];
  if (given === undefined) return refused('it is not signed');
  const hash = /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1];
  const form = hash === undefined ? formIn(body) : new Map<string, readonly string[]>();
  if (hash !== undefined && !sameText(hash, sha256(body)))
    return refused('the hash of its body does not match');
  const signing = { hash: 'sha1', key: authToken, as: 'base64' } as const;
  const content = signedForm(form);
  // Each is looked at, so that it takes the same time whichever it is.
  const matches = spellings(url).filter((one) => sameText(given, hmac(signing, one, content)));
  return matches.length > 0 ? { ok: true, form } : refused(NO_MATCH);
}

function formIn(body: Uint8Array): Form {
  const form = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    const values = form.get(key);
    if (values) values.push(value);
    else form.set(key, [value]);
  }
  return form;
}

const signedForm = (form: Form): string =>
  [...form.keys()]
    .sort()
    .flatMap((key) => [...new Set(form.get(key))].sort().map((value) => key + value))
    .join('');

/** Twilio signs it with the port or without, and does not say which. */
function spellings(url: string): readonly string[] {
  const [, scheme, host, port, rest] =
    /^(https?:\/\/)((?:[^/?#]*@)?(?:\[[^\]]*\]|[^/?#:]*))(:\d+)?(.*)$/is.exec(url) ?? [];
  if (scheme === undefined) return [url];
  const usual = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? usual}${rest}`];
}
