import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { AtomError, systemCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { type OpenFolder, openBelow, openFile } from '../../config/open-below.ts';
import type { Place } from '../place.ts';

/** What goes in, and what it must turn out to be. */
export interface Content {
  readonly path: string;
  /** SHA-256, lower-case hex. */
  readonly digest: string;
}

/**
 * Puts a copy of a file in a jail where nothing is yet; the folder that it goes into is made where it is
 * missing. The same content being there is fine. Throws AtomError `blocked` where something else is, or
 * the copied bytes are others; as `openBelow` does besides.
 */
export async function putNew({ folder, parts, path }: Place, content: Content): Promise<void> {
  const name = parts.at(-1) ?? '';
  const below = await openMade(folder, parts.slice(0, -1));
  const beside = `${below.path}/.${newId()}.new`;
  try {
    const present = await digestThere(below, name);
    if (present === content.digest) return;
    if (present !== undefined)
      throw new AtomError('blocked', `${path} is there already, with something else in it.`);
    await copy(content, beside);
    await rename(beside, `${below.path}/${name}`);
    await below.handle.sync();
  } finally {
    await rm(beside, { force: true });
    await below.handle.close();
  }
}

async function openMade(folder: string, parts: readonly string[]): Promise<OpenFolder> {
  for (const [at, part] of parts.entries()) {
    const above = await openBelow(folder, parts.slice(0, at));
    try {
      await mkdir(`${above.path}/${part}`, { mode: 0o755 });
    } catch (error) {
      // Whatever is there, opening it says whether it is a folder.
      if (systemCode(error) !== 'EEXIST') throw error;
    } finally {
      await above.handle.close();
    }
  }
  return openBelow(folder, parts);
}

async function digestThere(folder: OpenFolder, name: string): Promise<string | undefined> {
  let file: FileHandle;
  try {
    file = await openFile(folder, name);
  } catch (error) {
    if (error instanceof AtomError && error.code === 'not-found') return undefined;
    throw error;
  }
  const hash = createHash('sha256');
  for await (const part of file.createReadStream()) hash.update(part);
  return hash.digest('hex');
}

async function copy({ path, digest }: Content, to: string): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = await open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    const hash = createHash('sha256');
    for await (const part of createReadStream(path)) {
      hash.update(part);
      await file.appendFile(part);
    }
    await file.sync();
    if (hash.digest('hex') !== digest)
      throw new AtomError(
        'failed',
        'What was kept of that file is not what came: ask for it again.',
      );
  } finally {
    await file.close();
  }
}
