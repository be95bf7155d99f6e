import { AtomError } from '../../base/errors.ts';
import { parseDuration } from '../flags.ts';
import { startOf } from '../stats/span.ts';

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)$/;

/**
 * The moment that somebody wants to look back to: `1h` ago, a day such as `2026-02-03`, or a time of one, which
 * is local unless it says its zone. Throws AtomError `usage` for what is none of these.
 */
export function momentOf(text: string, now: number): number {
  const [, day = '', time = ''] = TIME.exec(text) ?? [];
  const at = startOf(text) ?? (startOf(day) && Date.parse(`${day}T${time}`));
  if (at !== undefined && !Number.isNaN(at)) return at;
  try {
    return now - parseDuration(text);
  } catch (cause) {
    throw new AtomError('usage', `"${text}" is no time.`, {
      cause,
      next: ['Write it like 30m, 1h, 7d, 2026-02-03 or 2026-02-03T09:30.'],
    });
  }
}
