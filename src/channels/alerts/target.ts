import { AtomError } from '../../base/errors.ts';
import type { AlertFormat } from '../../domain/alert.ts';

const DISCORD = /^(?:[a-z]+\.)?discord(?:app)?\.com$/;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * The address that alerts are posted to. It is a secret: whoever has it can post there. Throws AtomError
 * `usage`, which does not hold it, where it is no HTTPS address (or one of this machine).
 */
export function targetUrl(text: string): URL {
  const url = URL.parse(text.trim());
  const isHere = url?.protocol === 'http:' && LOOPBACK.includes(url.hostname);
  if (url && (url.protocol === 'https:' || isHere) && url.username === '' && url.password === '')
    return url;
  throw new AtomError(
    'usage',
    'That is no https address (and may be a secret, so it is not shown).',
    {
      next: ['Such as https://discord.com/api/webhooks/…, as the webhook’s own page shows it.'],
    },
  );
}

/** What an address wants to get, by its host. */
export function formatOf(url: URL): AlertFormat {
  if (DISCORD.test(url.hostname) && url.pathname.startsWith('/api/webhooks/')) return 'discord';
  return url.hostname === 'hooks.slack.com' ? 'slack' : 'json';
}

/** As much of an address as may be shown: who has it, and not what lets one post there. */
export const shownUrl = (url: URL): string => `${url.origin}/…`;
