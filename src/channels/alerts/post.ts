import { capped } from '../../base/capped.ts';
import { systemCode } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import { visible } from '../../base/visible.ts';
import type { Alert, AlertFormat } from '../../domain/alert.ts';
import { escaped } from '../discord/escape.ts';

export interface AlertTarget {
  readonly url: URL;
  readonly format: AlertFormat;
}

/** How a post ended. `again`: may be tried once more, after `retryMs` where the other side said so. */
export type Posted =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false;
      readonly why: string;
      readonly again: boolean;
      readonly retryMs?: number;
    };

const TIMEOUT_MS = 10_000;
/** Half of what Discord takes, for its signs may double it. */
export const MOST_TEXT = 1000;

/** Posts an alert, redacted. Never throws, and never says where to. */
export async function postAlert(
  { url, format }: AlertTarget,
  alert: Alert & { readonly at: number; readonly from: string },
): Promise<Posted> {
  const body = JSON.stringify(bodyOf(format, alert));
  const headers = { 'content-type': 'application/json', 'user-agent': 'atom' };
  try {
    // A redirect could lead anywhere.
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return judged(format, url, response);
  } catch (thrown) {
    const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
    const code = systemCode(cause) ?? (cause instanceof Error ? cause.name : 'no answer');
    return { ok: false, why: `it cannot be reached (${code})`, again: true };
  }
}

function bodyOf(
  format: AlertFormat,
  { kind, text, at, from }: Parameters<typeof postAlert>[1],
): object {
  const words = alertText(text);
  const line = `atom (${from}), ${kind}: ${words}`;
  if (format === 'discord') return { content: escaped(line), allowed_mentions: { parse: [] } };
  if (format === 'slack') return { text: line.replace(/[&<>]/g, entityOf), mrkdwn: false };
  return { schema: 1, kind, text: words, from, at: new Date(at).toISOString() };
}

/** What of a text is told: no secret, nothing that is not seen, and no more than fits. */
export const alertText = (text: string): string => capped(visible(redact(text)), MOST_TEXT);

/** Source: docs.slack.dev/messaging/formatting-message-text (escaping). */
const entityOf = (sign: string): string =>
  sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;';

/** Discord says 204, or 200 where it was asked to wait: another page's 200 is not its answer. */
function judged(format: AlertFormat, url: URL, { status, headers }: Response): Posted {
  const good =
    format === 'discord' && !url.searchParams.has('wait') ? status === 204 : isGood(status);
  if (good) return { ok: true, status };
  const seconds = Number(headers.get('retry-after'));
  if (status === 429 || status >= 500)
    return {
      ok: false,
      again: true,
      why: `it answered ${status}`,
      ...(seconds > 0 ? { retryMs: Math.min(seconds, 60) * 1000 } : {}),
    };
  return { ok: false, again: false, why: whyNot(status) };
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

function whyNot(status: number): string {
  if ([401, 403, 404, 410].includes(status))
    return `it does not know this webhook (${status}): make a new one there, and add that`;
  if (isGood(status)) return `it answered ${status}, which is not what Discord says`;
  if (status >= 300 && status < 400)
    return `it leads elsewhere (${status}), where nothing is posted`;
  return `it answered ${status}`;
}
