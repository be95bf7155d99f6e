import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { ensureFolder } from '../../config/folder.ts';
import { plainBytes } from '../../config/plain-file.ts';
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

/**
 * The text of a file as it was found; undefined where that is a link, no text, or too long. Throws AtomError
 * `blocked` where something else lies there by now, so that nothing is shown but what is approved.
 */
export function textFound(
  folder: string,
  { path, digest, bytes: size }: SkillFile,
): string | undefined {
  const isLink = size === 0 && digest !== sha256('');
  if (isLink || size > MOST_BYTES) return undefined;
  const bytes = plainBytes(join(folder, path), MOST_BYTES);
  if (bytes === undefined || sha256(bytes) !== digest)
    throw new AtomError('blocked', `${visible(path)} changed while it was looked at.`, {
      next: ['Look at the skill again once nothing changes it.'],
    });
  return asText(bytes);
}

const textOf = (path: string): string | undefined => {
  const bytes = plainBytes(path, MOST_BYTES);
  return bytes && asText(bytes);
};

const asText = (bytes: Buffer): string | undefined =>
  bytes.includes(0) ? undefined : bytes.toString('utf8');
