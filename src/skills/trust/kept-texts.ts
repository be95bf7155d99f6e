import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../base/digest.ts';
import { ensureFolder } from '../../config/folder.ts';
import type { SkillFile } from '../../domain/skill-trust.ts';
import { writePrivate } from '../../secrets/private-file.ts';

/** Longer ones are not shown anyway. */
const MOST_BYTES = 64 * 1024;
const MOST_KEPT = 200;

/** The texts of approved files, by their digest, so that a change can be shown beside what was approved. */
export interface KeptTexts {
  keep(folder: string, files: readonly SkillFile[]): void;
  read(digest: string): string | undefined;
}

export const createKeptTexts = (root: string): KeptTexts => ({
  keep: (folder, files) => {
    ensureFolder(root);
    for (const { path, digest } of files.slice(0, MOST_KEPT)) {
      const text = textOf(join(folder, path));
      const place = join(root, digest);
      // Under its digest lies only what has that digest, whatever became of the file meanwhile.
      if (text !== undefined && sha256(text) === digest && !existsSync(place))
        writePrivate(place, text);
    }
  },
  read: (digest) => textOf(join(root, digest)),
});

/** The text of a file; undefined where it is none, is no text, or is too long. */
export function textOf(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > MOST_BYTES) return undefined;
  const bytes = readFileSync(path);
  if (bytes.includes(0)) return undefined;
  return bytes.toString('utf8');
}
