import { isInside } from './jail-choice.ts';
import { plainName } from './protected-names.ts';

/**
 * True where `path` is `folder` or lies below it, as the most forgiving file system sees names: what is
 * guarded must not be passed by another spelling. Both absolute.
 */
export const isInsideLoosely = (folder: string, path: string): boolean =>
  isInside(plainName(folder), plainName(path));
