import type { Json } from './json.ts';
import { secretShapes } from './secret-shapes.ts';

/**
 * Shapes of keys and tokens that people paste. Written down so that they never reach a log or the
 * record: the few that atom itself handles, and the best known of others. The sources are the
 * vendors' own descriptions of their key formats.
 */
const SECRETS: readonly RegExp[] = [
  ...secretShapes,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}/g,
  /\bAIza[A-Za-z0-9_-]{35,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abposr]-[A-Za-z0-9-]{10,}/g,
];
const NAMED =
  /((?:password|passwd|secret|token|api[_-]?key|authorization)["']?\s*[=:]\s*(?:bearer\s+)?)["']?[^\s"',;]{6,}/gi;
const IN_URL = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi;
/** An option of a command with its value behind it: a name, and no other option or a place to fill in. */
const OPTION =
  /((?<![\w-])--?(?:[a-z0-9]+[-_]){0,4}(?:password|passwd|secret|token|api[-_]?key|auth)[ \t]{1,8}["']?)(?![[<$-])[^\s"',;]{6,}/gi;
const BEARER = /\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi;

/**
 * Something of each shape above: a text with none of it, as nearly all are, is as it was. One look
 * takes a tenth of the time of all the others.
 */
const HINT =
  /\d{8}:|:\/\/|sk-|atk_|eyJ|gh[pousr]_|github_pat_|AIza|A[KS]IA|xox|-----BEGIN|passw|secret|token|api[_-]?key|auth |authorization|bearer/i;

/** The text with everything that looks like a secret replaced by `[secret]`. */
export function redact(text: string): string {
  if (!HINT.test(text)) return text;
  const shaped = SECRETS.reduce((rest, shape) => rest.replace(shape, '[secret]'), text);
  return [NAMED, OPTION, BEARER, IN_URL].reduce(
    (rest, shape) => rest.replace(shape, '$1[secret]'),
    shaped,
  );
}

/** Takes secrets out of what a program printed. */
export type Redact = (text: string) => string;

/** Shorter values are words of everybody's. */
const LEAST_KNOWN = 8;

/** Takes out `known` secrets, wherever they stand. */
export function redactKnown(known: readonly string[]): Redact {
  const values = known
    .flatMap((value) => value.split('\n'))
    .map((value) => value.trim())
    .filter(({ length }) => length >= LEAST_KNOWN)
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((rest, value) => rest.replaceAll(value, '[secret]'), text);
}

/**
 * Takes out `known` secrets, and what looks like one. In what programs print, code is read and edited:
 * `token = next()` is no secret, so a name alone announces one only where its value has a digit, or the line is
 * a setting in capitals (`DB_PASSWORD=…`).
 */
export function redactOutput(known: readonly string[]): Redact {
  const withoutKnown = redactKnown(known);
  return (text) => {
    const shaped = SECRETS.reduce(
      (rest, shape) => rest.replace(shape, '[secret]'),
      withoutKnown(text),
    );
    return [ASSIGNED, SETTING, BEARER, IN_URL].reduce(
      (rest, shape) => rest.replace(shape, '$1[secret]'),
      withoutKeyEnds(shaped),
    );
  };
}

const KEY_END = /-----END [A-Z ]{0,40}PRIVATE KEY-----/;

/** Of a key whose first line is not in the text, its other lines are there all the same. */
export function withoutKeyEnds(text: string): string {
  const [first = '', ...rest] = text.split(KEY_END);
  return [first, ...rest].map((part, i) => (i < rest.length ? beforeKey(part) : part)).join('');
}

function beforeKey(part: string): string {
  const lines = part.split('\n');
  while (lines.length > 0 && /^[\w+/=:, -]*\r?$/.test(lines.at(-1) ?? '')) lines.pop();
  return [...lines, '[secret]'].join('\n');
}

const ASSIGNED =
  /((?:password|passwd|secret|token|api[_-]?key)["']?\s{0,8}[=:]\s{0,8})["']?(?=[^\s"',;]{0,200}\d)(?!\[secret\])[^\s"',;()[\]{}<>$]{6,}(?![\w([{$])/gi;
const SETTING =
  /^((?:export )?[A-Z0-9_]{0,64}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY)[A-Z0-9_]{0,64}=)["']?(?!\[secret\])[^\s"'$]{6,}/gm;

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
