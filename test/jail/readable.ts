import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * True where an ordinary account could read this checkout: one in a private folder of root’s cannot be
 * run as anybody else.
 */
export function othersMayRead(): boolean {
  const top = realpathSync(resolve(import.meta.dirname, '../..'));
  for (let folder = top; ; folder = dirname(folder)) {
    const wanted = folder === top ? 0o005 : 0o001;
    if ((statSync(folder).mode & wanted) !== wanted) return false;
    if (folder === dirname(folder)) return true;
  }
}
