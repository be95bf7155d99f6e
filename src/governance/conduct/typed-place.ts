import { literal } from '../../base/literal.ts';

/** What a path leads out of the folder by, as people type it: `../`, `~/`, `./`. */
const OUTWARDS = /^(?:~\/|\.{1,2}\/)+/;

/**
 * True where somebody typed that very place: as it stands, or as the way out to it that an agent wrote in
 * full (`../erik/e.txt` for `/srv/erik/e.txt`). A name that was typed without a way out is not typed for the
 * same name elsewhere.
 */
export function isTyped(place: string, typed: string): boolean {
  if (place === '') return false;
  if (stands(place, typed)) return true;
  return outwardsIn(typed).some((way) => place.endsWith(`/${way}`));
}

/** Whole: `a.txt` is not typed by `../a.txt`, nor by `a.txt.bak`; the end of a sentence may follow. */
const stands = (place: string, typed: string): boolean =>
  new RegExp(
    `(?<![\\p{L}\\p{N}_./~-])${literal(place)}(?![\\p{L}\\p{N}_/~-]|\\.[\\p{L}\\p{N}_])`,
    'u',
  ).test(typed);

/** What the typed ways out lead to, without the way. */
function outwardsIn(typed: string): readonly string[] {
  return typed
    .split(/[\s"'`“”‘’«»()<>[\],;]+/u)
    .filter((word) => OUTWARDS.test(word))
    .map((word) => word.replace(OUTWARDS, '').replace(/[.:!?]+$/, ''))
    .filter((way) => way !== '');
}
