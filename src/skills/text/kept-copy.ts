import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { AtomError, systemCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { readFolder, type SkillFolder } from './folder.ts';

/**
 * A folder in `cache`, named by its digest, with these files and no others; made anew where it is not whole.
 * What a jail is shown is such a copy: nobody changes it while something runs.
 */
export async function keptCopy(contents: SkillFolder, cache: string): Promise<string> {
  const copy = join(cache, contents.digest);
  if (await isWhole(copy, contents.digest)) {
    // When it was last used is what it is forgotten by.
    const now = systemClock.now() / 1000;
    await utimes(copy, now, now);
    return copy;
  }
  const part = join(cache, `${newId()}.part`);
  for (const { path, bytes, executable } of contents.files) {
    await mkdir(dirname(join(part, path)), { recursive: true, mode: 0o700 });
    await writeFile(join(part, path), bytes, { mode: executable ? 0o555 : 0o444 });
  }
  await rm(copy, { recursive: true, force: true });
  await rename(part, copy).catch((error: unknown) => {
    // Somebody else made the same one meanwhile.
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
    return rm(part, { recursive: true, force: true });
  });
  return copy;
}

async function isWhole(copy: string, digest: string): Promise<boolean> {
  try {
    const found = await readFolder(copy);
    return found.digest === digest && found.links.length === 0;
  } catch (error) {
    if (error instanceof AtomError) return false;
    throw error;
  }
}
