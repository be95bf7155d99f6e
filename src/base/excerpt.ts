import { redact } from './redact.ts';

/**
 * The beginning of a text, at most so long, for where the rest of it is not kept. Without what looks like a
 * secret: once it is cut in two, nothing knows its first half.
 */
export function excerpt(text: string, most: number): string {
  const safe = redact(text);
  return safe.length <= most ? safe : `${safe.slice(0, most - 1).toWellFormed()}…`;
}
