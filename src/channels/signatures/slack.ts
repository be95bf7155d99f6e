import { sameText } from '../../base/digest.ts';
import type { HookRequest } from '../../domain/hook.ts';
import { hmac } from './hmac.ts';
import { checkMoment } from './moment.ts';
import { GENUINE, NO_MATCH, refused, type Verified } from './verified.ts';

/** Source: docs.slack.dev/authentication/verifying-requests-from-slack. `now` in milliseconds. */
export function verifySlack(
  { headers, body }: Pick<HookRequest, 'headers' | 'body'>,
  { secret, now }: { readonly secret: string; readonly now: number },
): Verified {
  const { 'x-slack-request-timestamp': at, 'x-slack-signature': given } = headers;
  const moment = checkMoment(at, now);
  if (!moment.ok) return moment;
  if (given === undefined) return refused('it is not signed');
  const own = hmac({ hash: 'sha256', key: secret, as: 'hex' }, `v0:${at}:`, body);
  return sameText(given, `v0=${own}`) ? GENUINE : refused(NO_MATCH);
}
