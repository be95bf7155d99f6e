import { resolve } from 'node:path';
import { AtomError, asAtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import type { JailSpec } from '../domain/jail.ts';
import { isInside } from '../domain/jail-choice.ts';
import { checkJailFolder, type FolderRules, type JailFolder } from './folder.ts';
import { checkShown } from './shown.ts';

/** The jails that the owner named, each held to the folder that it was when they were read. */
export interface KnownJails {
  readonly list: readonly JailSpec[];
  /**
   * Which folder a jail is, by the path that the owner gave. Throws AtomError `blocked` where it may not
   * be a jail, is reached through a link, is another folder than at first, or lies in a jail that
   * commands may write to; `not-found` where it is missing.
   */
  open(folder: string): JailFolder;
  /** A folder that a jail shows, by its path. Throws AtomError as `checkShown` does. */
  openShown(path: string): JailFolder;
  /** Why a jail that shows these folders cannot be used; undefined where it can. */
  trouble(folder: string, shows?: readonly string[]): string | undefined;
}

/** Looks at each jail once; one that is missing then is remembered as it is first seen. */
export function knowJails(rules: FolderRules, list: readonly JailSpec[]): KnownJails {
  const ids = new Map<string, string>();
  const open = (folder: string): JailFolder => {
    const found = checkJailFolder(rules, folder);
    refuseReplaceable(folder, found.path, list);
    const first = ids.get(folder) ?? found.id;
    ids.set(folder, first);
    if (first === found.id) return found;
    throw new AtomError('blocked', `${visible(folder)} is no longer the folder it was.`, {
      next: ['If you put it there yourself, start atom again.'],
    });
  };
  const openShown = (path: string): JailFolder => checkShown(rules, list, path);
  const trouble: KnownJails['trouble'] = (folder, shows = []) =>
    troubleWith(() => [open(folder), ...shows.map(openShown)]);
  for (const { folder } of list) trouble(folder);
  return { list, open, openShown, trouble };
}

/** Another jail that would be inside this one or around it, where commands may write in the outer. */
export const overlapping = (
  { folder, mode }: Pick<JailSpec, 'folder' | 'mode'>,
  all: readonly JailSpec[],
): JailSpec | undefined =>
  writerAround(folder, all) ??
  (mode === 'read-write' ? all.find((other) => isBelow(folder, other.folder)) : undefined);

const writerAround = (folder: string, all: readonly JailSpec[]): JailSpec | undefined =>
  all.find((other) => other.mode === 'read-write' && isBelow(other.folder, folder));

const isBelow = (outer: string, inner: string): boolean =>
  resolve(outer) !== resolve(inner) && isInside(resolve(outer), resolve(inner));

/** Throws where a jail was replaced by a link, or where what runs in another jail could do that. */
function refuseReplaceable(named: string, real: string, all: readonly JailSpec[]): void {
  if (ownPath(named) !== real)
    throw new AtomError(
      'blocked',
      `${visible(named)} is a link to ${visible(real)}: name the folder itself.`,
    );
  const around = writerAround(named, all);
  if (around)
    throw new AtomError(
      'blocked',
      `${visible(named)} lies inside the jail ${around.name}, whose commands could replace it.`,
      { next: [`atom jails remove ${around.name}`] },
    );
}

/** The path that a folder has without links of anybody's making: macOS keeps three links of its own. */
const ownPath = (path: string): string =>
  process.platform === 'darwin'
    ? resolve(path).replace(/^\/(tmp|var|etc)(?=\/|$)/, '/private/$1')
    : resolve(path);

function troubleWith(open: () => unknown): string | undefined {
  try {
    open();
    return undefined;
  } catch (error) {
    return asAtomError(error).message;
  }
}
