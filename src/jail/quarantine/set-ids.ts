import { chmodSync, type Dirent } from 'node:fs';
import { below, forSystem } from './byte-path.ts';
import type { Eyes } from './eyes.ts';

/**
 * Files of a folder that got a set-id bit since a moment. The jail lets nothing set one, so this costs no
 * look at each file of a jail: only at those in folders that something came into.
 */
export function setIdsIn(
  eyes: Eyes,
  { path, entries }: { readonly path: string; readonly entries: readonly Dirent[] },
  since: number,
): readonly string[] {
  if ((eyes.stat(path)?.ctimeMs ?? 0) < since) return [];
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => below(path, name))
    .filter((file) => {
      const stats = eyes.stat(file);
      return stats?.isFile() && (stats.mode & 0o6000) !== 0 && stats.ctimeMs >= since;
    });
}

/** Takes the set-id bits off a file. */
export function clearSetId(eyes: Eyes, path: string): void {
  const stats = eyes.stat(path);
  if (stats?.isFile()) chmodSync(forSystem(`${eyes.top}/${path}`), stats.mode & 0o1777);
}
