const QUOTED = /["“”'‘’`«]([^"“”'‘’`«»]+)["“”'‘’`»]/g;
const AROUND = /^[("'“‘`«[<]+|[)"'”’`»\]>.,;:!?]+$/g;
/** Any sentence holds such words, so by itself it names no file. */
const PLAIN_WORD = /^\p{L}*$/u;

/**
 * True where the owner typed every target in this turn, whole and exactly: `notes.txt` is not named by
 * `old-notes.txt` or `notes.txt.bak`. A name of letters only counts in quotes. Nothing to compare is
 * never endorsed.
 */
export function isEndorsed(targets: readonly string[], said: string): boolean {
  const named = namesIn(said);
  return targets.length > 0 && targets.every((target) => named.has(target));
}

function namesIn(said: string): ReadonlySet<string> {
  const quoted = [...said.matchAll(QUOTED)].map(([, inner = '']) => inner);
  const words = said.split(/\s+/).flatMap((word) => [word, word.replace(AROUND, '')]);
  const names = [...quoted, ...words.filter((word) => !PLAIN_WORD.test(word))];
  return new Set(names.flatMap((name) => [name, name.replace(/^\.\//, '')]));
}
