import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs';
import { AtomError, systemCode } from '../base/errors.ts';
import { asBytes, asText } from './entry.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/** An open folder, reached however it is moved or replaced meanwhile. */
export interface OpenFolder {
  readonly fd: number;
  /** `/proc/self/fd/N` on Linux; elsewhere its path, as a byte string. */
  readonly at: string;
}

/** The name of something in an open folder, for one system call. Plain text is faster where it will do. */
export const inside = ({ at }: OpenFolder, name: string): string | Buffer =>
  ASCII.test(name) && ASCII.test(at) ? `${at}/${name}` : Buffer.from(`${at}/${name}`, 'latin1');

const ASCII = /^[ -~]*$/;

/** Opens a folder by its path, never through a link at its end. Throws system errors. */
export const openTop = (folder: string): OpenFolder => opened(asBytes(folder));

/** Opens a folder in an open one, never through a link: ELOOP or ENOTDIR there. Throws system errors. */
export const openIn = (above: OpenFolder, name: string): OpenFolder =>
  opened(`${above.at}/${name}`);

/** Opens a file in an open folder for reading; never through a link, and never waits for a pipe. */
export const openFile = (folder: OpenFolder, name: string): number =>
  openSync(inside(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);

/**
 * Opens the folder of a path below `top` one step at a time, and closes the steps. The caller closes
 * the last. Throws system errors, ELOOP or ENOTDIR at a link.
 */
export function openBelow(top: string, path: string): OpenFolder {
  let here = openTop(top);
  for (const part of path.split('/').filter(Boolean)) {
    const above = here;
    try {
      here = openIn(above, part);
    } finally {
      closeSync(above.fd);
    }
  }
  return here;
}

/**
 * What a folder is known by, so that another in its place is noticed: inode and birth. Device numbers
 * change with a restart of the machine. Throws AtomError `not-found`.
 */
export function identityOf(folder: string): string {
  try {
    const { fd } = openTop(folder);
    const { ino, birthtimeMs } = fstatSync(fd);
    closeSync(fd);
    return `${ino}:${birthtimeMs}`;
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    throw new AtomError('not-found', `${folder} cannot be opened (${code}).`, { cause });
  }
}

function opened(path: string): OpenFolder {
  const fd = openSync(Buffer.from(path, 'latin1'), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (process.platform === 'linux') return { fd, at: `/proc/self/fd/${fd}` };
  // Without /proc, a link put in place meanwhile shows in the real path.
  if (asBytes(realpathSync.native(asText(path))) === path) return { fd, at: path };
  closeSync(fd);
  throw new AtomError('blocked', `${asText(path)} is reached through a link.`);
}
