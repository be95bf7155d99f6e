import { join } from 'node:path';
import { leadsOut } from '../words/paths.ts';

/** Where a line is while it runs, from where it began; undefined once it may have left the jail. */
export type Place = string | undefined;

/** Where `cd` leads; `path` is undefined where that is not known. Nothing leads back for certain. */
export function placeAfter(place: Place, path: string | undefined): Place {
  if (path === undefined || path === '' || path === '-' || place === undefined) return undefined;
  return mayLeave(path, place) ? undefined : pathAt(path, place);
}

/** True where a path may lie outside the jail. */
export const mayLeave = (path: string, place: Place): boolean =>
  place === undefined && !path.startsWith('/') ? true : leadsOut(pathAt(path, place));

const pathAt = (path: string, place: Place): string =>
  path.startsWith('/') ? path : join(place ?? '.', path);
