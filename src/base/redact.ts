import type { Json } from './json.ts';

/**
 * Shapes of keys and tokens that people paste. Written down so that they never reach a log or the
 * record: the few that atom itself handles, and the best known of others. The sources are the
 * vendors' own descriptions of their key formats.
 */
const SECRETS: readonly RegExp[] = [
  // A bot's token: no word boundary, since its URLs say `bot<token>` and it may end in a dash.
  /(?<!\d)\d{8,12}:[A-Za-z0-9_-]{30,}/g,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}/g,
  /\bAIza[A-Za-z0-9_-]{35,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abposr]-[A-Za-z0-9-]{10,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];
const NAMED =
  /((?:password|passwd|secret|token|api[_-]?key|authorization)["']?\s*[=:]\s*(?:bearer\s+)?)["']?[^\s"',;]{6,}/gi;
const IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi;
const BEARER = /\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi;

/** The text with everything that looks like a secret replaced by `[secret]`. */
export function redact(text: string): string {
  const shaped = SECRETS.reduce((rest, shape) => rest.replace(shape, '[secret]'), text);
  return [NAMED, BEARER, IN_URL].reduce((rest, shape) => rest.replace(shape, '$1[secret]'), shaped);
}

/** An option whose value is a secret, written as a word of its own (`--token abc`). */
const NAMES_SECRET = /^--?(?:[a-z0-9]+[-_])*(?:password|passwd|secret|token|api[-_]?key|auth)$/i;

/** The same for every text in a value; keys stay. In a list, a word after `--token` is one, too. */
export function redactAll(value: Json): Json {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item, at) => redactWord(item, value[at - 1]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactAll(item)]));
}

const redactWord = (item: Json, before: Json | undefined): Json =>
  typeof item === 'string' && typeof before === 'string' && NAMES_SECRET.test(before)
    ? '[secret]'
    : redactAll(item);
