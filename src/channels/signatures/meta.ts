import { sameText } from '../../base/digest.ts';
import type { HookRequest } from '../../domain/hook.ts';
import { hmac } from './hmac.ts';
import { GENUINE, NO_MATCH, refused, type Verified } from './verified.ts';

/**
 * `X-Hub-Signature-256` of Meta (WhatsApp Cloud), over the bytes as they came. It holds no time: whoever
 * takes it must know the ids that it has seen.
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads.
 */
export function verifyMeta(
  { headers, body }: Pick<HookRequest, 'headers' | 'body'>,
  secret: string,
): Verified {
  const given = headers['x-hub-signature-256'];
  if (given === undefined) return refused('it is not signed');
  const own = hmac({ hash: 'sha256', key: secret, as: 'hex' }, body);
  return sameText(given, `sha256=${own}`) ? GENUINE : refused(NO_MATCH);
}
