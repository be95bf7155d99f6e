import { sameText } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import type { HookRequest } from '../../domain/hook.ts';
import { GENUINE, NO_MATCH, refused, type Verified } from './verified.ts';

/** The `secret_token` of setWebhook, which Telegram sends along. Source: core.telegram.org/bots/api#setwebhook. */
export function verifyTelegram(
  { headers }: Pick<HookRequest, 'headers'>,
  secret: string,
): Verified {
  if (secret === '')
    throw new AtomError('credentials', 'The secret token of the webhook is empty.');
  const given = headers['x-telegram-bot-api-secret-token'];
  if (given === undefined) return refused('it holds no secret token');
  return sameText(given, secret) ? GENUINE : refused(NO_MATCH);
}
