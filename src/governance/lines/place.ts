import { isAbsolute, join, normalize } from 'node:path';
import { isInside } from '../../domain/jail-choice.ts';
import type { Circumstances } from '../classify.ts';

/** Where a line is while it runs, from where it began; undefined once it may have left the jail. */
export type Place = string | undefined;

/** Where `cd` leads; `path` is undefined where that is not known. Nothing leads back for certain. */
export function placeAfter(
  place: Place,
  path: string | undefined,
  circumstances: Circumstances,
): Place {
  if (path === undefined || path === '' || path === '-' || place === undefined) return undefined;
  if (!inJail(path, place, circumstances)) return undefined;
  return isAbsolute(path) ? normalize(path) : join(place, path);
}

/** True where a path surely lies in the jail. */
export function inJail(path: string, place: Place, { folder, cwd }: Circumstances): boolean {
  if (place === undefined && !isAbsolute(path)) return false;
  const whole = isAbsolute(path) ? normalize(path) : join(place ?? '', path);
  if (isAbsolute(whole)) return folder !== undefined && isInside(folder, whole);
  if (folder !== undefined && cwd !== undefined) return isInside(folder, join(cwd, whole));
  return whole !== '..' && !whole.startsWith('../');
}
