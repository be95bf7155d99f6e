import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { openBelow } from '../config/open-below.ts';
import type { Place } from './place.ts';

/**
 * Puts a file in place at once: written beside it, flushed, renamed, and the folder flushed. `mode` is
 * its permission bits. Throws AtomError as `openBelow` does; the old file stays if anything fails.
 */
export async function replaceFile(place: Place, content: string, mode: number): Promise<void> {
  const name = place.parts.at(-1);
  if (name === undefined) throw new AtomError('blocked', 'The jail’s folder is not a file.');
  const folder = await openBelow(place.folder, place.parts.slice(0, -1));
  const beside = `${folder.path}/.${newId()}.new`;
  try {
    await writeNew(beside, content, mode);
    await rename(beside, `${folder.path}/${name}`);
    await folder.handle.sync();
  } finally {
    await rm(beside, { force: true });
    await folder.handle.close();
  }
}

async function writeNew(path: string, content: string, mode: number): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(content);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}
