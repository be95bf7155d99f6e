/** What atom's own words are dressed with, and what `--plain` says in its place. */
const SIGNS: Readonly<Record<string, string>> = {
  '…': '...',
  '·': '-',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '→': '->',
  '↳': '>',
  '›': '>',
  '▌': '|',
  '↓': 'down',
  '✓': 'ok',
  '✖': 'x',
  '⏎': '\\n',
};
const ANY = new RegExp(`[${Object.keys(SIGNS).join('')}]`, 'gu');

/** Whether the command line asks for it: for what is said before, or beside, its flags are understood. */
export const wantsPlain = (argv: readonly string[] = process.argv): boolean => {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--plain');
};

/** A line of atom's own, in signs that every terminal and every ear has. */
export const plainly = (line: string): string => line.replace(ANY, (sign) => SIGNS[sign] ?? sign);

/**
 * Words of others that somebody decides about, under `--plain`: what `plainly` would change is written out
 * as a code point, so that a command is never shown as another one. Everything below a value is.
 */
export function exactly<T>(value: T, out: { readonly plain: boolean }): T {
  return out.plain ? (written(value) as T) : value;
}

function written(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(ANY, codePoint);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner)]));
}

const codePoint = (sign: string): string =>
  `⟦U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
