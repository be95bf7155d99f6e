import { literal } from '../../base/literal.ts';

/** What a path leads out of the folder by, as people type it: `../`, also `./../` and `../../`. */
const UPWARDS = /^(?:\.\/)*\.\.\/(?:\.{1,2}\/)*/;
/** The same by the way home, typed and written in full. */
const HOME = /^~\//;
const HOME_IN_FULL = /^\/(?:root|(?:home|Users)\/[^/]+)\//;

/** No path of a system is longer, and what is looked for takes time. */
const LONGEST = 4096;

/**
 * True where somebody typed that very place: as it stands, or as the way out to it that an agent wrote in
 * full (`../erik/e.txt` for `/srv/erik/e.txt`, `~/e.txt` for `/home/erik/e.txt`). A name that was typed without a way out is not typed for the
 * same name elsewhere.
 */
export function isTyped(place: string, typed: string): boolean {
  if (place === '' || place.length > LONGEST) return false;
  if (stands(place, typed)) return true;
  return wordsIn(typed).some((word) => isWayTo(place, word));
}

/** Whole: `a.txt` is not typed by `../a.txt`, nor by `a.txt.bak`; the end of a sentence may follow. */
const stands = (place: string, typed: string): boolean =>
  new RegExp(
    `(?<![\\p{L}\\p{N}_./~-])${literal(place)}(?![\\p{L}\\p{N}_/~-]|\\.[\\p{L}\\p{N}_])`,
    'u',
  ).test(typed);

const wordsIn = (typed: string): readonly string[] =>
  typed.split(/[\s"'`“”‘’«»()<>[\],;]+/u).filter((word) => word.length <= LONGEST);

function isWayTo(place: string, word: string): boolean {
  const path = unended(word);
  const [up, home] = [path.replace(UPWARDS, ''), path.replace(HOME, '')];
  if (up !== path && up !== '') return place.endsWith(`/${up}`);
  return home !== path && home !== '' && place.replace(HOME_IN_FULL, '') === home;
}

/** Without the signs that end a sentence. */
function unended(word: string): string {
  let end = word.length;
  while (end > 0 && '.:!?'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}
