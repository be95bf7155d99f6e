import { closeSync, constants, fstatSync, openSync, realpathSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';

/** What makes a folder too precious to be a jail on this machine. */
export interface FolderRules {
  readonly home: string;
  /** Where atom keeps its state, configuration and logs. */
  readonly stateDirs: readonly string[];
  /** Programs of the owner that jails are shown: no command may change them. */
  readonly toolchains?: readonly string[];
  readonly uid: number;
}

/** A folder that may be a jail: its real path, and the `dev:ino` that it is known by. */
export interface JailFolder {
  readonly path: string;
  readonly id: string;
}

/** Neither these, nor anything inside them, nor anything around them. */
const SYSTEM = [
  ...[
    '/bin',
    '/boot',
    '/dev',
    '/etc',
    '/lib',
    '/lib32',
    '/lib64',
    '/proc',
    '/run',
    '/sbin',
    '/sys',
  ],
  ...[
    '/usr/bin',
    '/usr/sbin',
    '/usr/lib',
    '/usr/lib32',
    '/usr/lib64',
    '/usr/libexec',
    '/usr/share',
  ],
  ...['/usr/local/bin', '/usr/local/sbin', '/usr/local/lib', '/var/lib', '/var/run'],
  ...['/System', '/Library', '/Applications', '/private/etc', '/private/var/db'],
];
/** Not these themselves; folders inside them may be jails. */
const SHARED = ['/home', '/root', '/mnt', '/media', '/opt', '/srv', '/tmp', '/usr/src', '/var/tmp'];
const MAC_SHARED = ['/Users', '/Volumes', '/private/tmp', '/opt/homebrew'];
const SECRET_PARTS = ['.git', '.ssh', '.gnupg'];

/**
 * Opens a folder as a jail and says which one it is. Throws AtomError `blocked` for `/`, the home
 * folder, system folders, atom's own state, whatever is around those, and folders that somebody else
 * owns or may write; `not-found` where there is no such folder.
 */
export function checkJailFolder(rules: FolderRules, path: string): JailFolder {
  const real = realFolder(path);
  const why = refusal(rules, real);
  if (why !== undefined) throw new AtomError('blocked', `${real} cannot be a jail: ${why}.`);
  const { fd, stats, id } = openFolder(real);
  closeSync(fd);
  if (stats.uid !== rules.uid)
    throw new AtomError('blocked', `${real} cannot be a jail: it belongs to another user.`);
  if ((stats.mode & 0o002) !== 0)
    throw new AtomError('blocked', `${real} cannot be a jail: everybody may write to it.`, {
      next: [`chmod o-w ${real}`],
    });
  return { path: real, id };
}

/**
 * The real path of a folder to work in, absolute or from the jail's folder, which must lie inside it. Throws AtomError `blocked`
 * where it leads out, `not-found` where it is missing.
 */
export function folderInside(jail: string, path: string): string {
  const real = realFolder(resolve(jail, path));
  if (isInside(jail, real)) return real;
  throw new AtomError('blocked', `${path} leads out of the jail ${jail}.`, { violates: true });
}

/** A descriptor on a real folder, never through a link; the caller closes it. */
export function openFolder(path: string): { fd: number; stats: Stats; id: string } {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  const stats = fstatSync(fd);
  return { fd, stats, id: `${stats.dev}:${stats.ino}` };
}

/** Which folder this is, without asking whether it may be a jail. */
export function identify(path: string): JailFolder {
  const { fd, id } = openFolder(path);
  closeSync(fd);
  return { path, id };
}

/** Throws AtomError `blocked` where a folder is no longer the one it was. Both are `dev:ino`. */
export function sameFolder(expected: string, found: string, path: string): void {
  if (expected !== found)
    throw new AtomError('blocked', `${path} is no longer the folder it was; ask again.`);
}

function realFolder(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
    const code = missing ? 'not-found' : 'blocked';
    const words = missing ? `There is no folder ${path}.` : `${path} cannot be opened.`;
    throw new AtomError(code, words, { cause: error });
  }
}

/** What makes a folder too precious for commands to see, in words; undefined where nothing does. */
export function refusal(
  { home, stateDirs, toolchains = [] }: FolderRules,
  path: string,
): string | undefined {
  const around = (other: string): boolean => isInside(path, other);
  if (path === '/') return 'it is the whole machine';
  if (around(home)) return 'your home folder lies inside it';
  if (SYSTEM.some((dir) => around(dir) || isInside(dir, path))) return 'it belongs to the system';
  if ([...SHARED, ...MAC_SHARED].some(around)) return 'it is shared by everything on this machine';
  if (stateDirs.some((dir) => around(dir) || isInside(dir, path)))
    return 'atom itself, or what it keeps, is there';
  if (toolchains.some((dir) => around(dir) || isInside(dir, path)))
    return 'programs that other jails run are there';
  if (path.split('/').some((part) => SECRET_PARTS.includes(part)))
    return 'it holds keys or a repository’s own files';
  return undefined;
}
