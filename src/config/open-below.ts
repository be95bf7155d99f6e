import { constants, realpathSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AtomError, systemCode } from '../base/errors.ts';
import { OPEN_PLAIN } from './plain-file.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

/** An open folder and a name that reaches it however it is moved or replaced meanwhile. */
export interface OpenFolder {
  readonly handle: FileHandle;
  /** `/proc/self/fd/N` on Linux; elsewhere the real path, compared after opening. */
  readonly path: string;
}

/**
 * Opens the folder that `parts` lead to below `folder`, one at a time and never through a link. The
 * caller closes the handle. Throws AtomError `blocked` at a link, `not-found` where there is no folder.
 */
export async function openBelow(folder: string, parts: readonly string[]): Promise<OpenFolder> {
  let here = await openFolder(folder, folder);
  for (const part of parts) {
    const above = here;
    try {
      here = await openFolder(`${above.path}/${part}`, part);
    } finally {
      await above.handle.close();
    }
  }
  return here;
}

/** Opens one file of an open folder for reading; never through a link, and never waits for a pipe. */
export const openFile = (folder: OpenFolder, name: string): Promise<FileHandle> =>
  openSafely(`${folder.path}/${name}`, OPEN_PLAIN, name);

async function openFolder(path: string, name: string): Promise<OpenFolder> {
  const handle = await openSafely(path, FOLDER, name);
  if (process.platform === 'linux') return { handle, path: `/proc/self/fd/${handle.fd}` };
  // Without /proc, a link put in place meanwhile shows in the real path.
  if (realpathSync(path) === path) return { handle, path };
  await handle.close();
  throw isLink(name);
}

async function openSafely(path: string, flags: number, name: string): Promise<FileHandle> {
  try {
    return await open(path, flags);
  } catch (error) {
    throw explain(error, name);
  }
}

function explain(error: unknown, name: string): unknown {
  const code = systemCode(error);
  if (code === 'ELOOP') return isLink(name);
  if (code === 'ENOENT')
    return new AtomError('not-found', `There is no ${name}.`, { cause: error });
  if (code === 'ENOTDIR')
    return new AtomError('blocked', `${name} is not a folder, or it is a link.`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENXIO')
    return new AtomError('blocked', `${name} cannot be opened (${code}).`, { cause: error });
  return error;
}

const isLink = (name: string): AtomError =>
  new AtomError('blocked', `${name} is a link; links are not followed, because they can lead out.`);
