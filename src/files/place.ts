import { isAbsolute, normalize, relative } from 'node:path';
import { AtomError } from '../base/errors.ts';
import type { Agent } from '../domain/agent.ts';
import type { JailSpec } from '../domain/jail.ts';
import { chooseJail, isInside } from '../domain/jail-choice.ts';
import { holdsProtected, holdsReadDenied } from '../domain/protected-names.ts';

/** A place inside a jail, by name only: nothing was opened yet. */
export interface Place {
  readonly jail: JailSpec;
  /** The jail's real folder. */
  readonly folder: string;
  /** Names below the folder; empty for the folder itself. */
  readonly parts: readonly string[];
  /** `a/b`, or `.` */
  readonly path: string;
}

export interface FilesDeps {
  /** The jails as they are now. */
  jails(): readonly JailSpec[];
  /** The real folder of a jail; throws AtomError where it is not, or no longer, one to work in. */
  folderOf(jail: JailSpec): string;
}

/**
 * Where a path lies. Relative ones start at the jail's folder. Throws AtomError `blocked` where it
 * leads out of the jail or names something that holds secrets, and as `folderOf` does.
 */
export function placeFor(
  { jails, folderOf }: FilesDeps,
  wish: { readonly path: string; readonly jail?: string | undefined },
  agent: Agent | undefined,
): Place {
  if (wish.path.includes('\0')) throw new AtomError('usage', 'A path cannot hold a NUL.');
  const jail = chooseJail(jails(), wish, agent);
  const folder = folderOf(jail);
  const path = normalize(isAbsolute(wish.path) ? below(jail, folder, wish.path) : wish.path);
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..'))
    throw new AtomError('blocked', `${wish.path} leads out of the jail ${jail.name}.`, {
      violates: true,
      own: true,
    });
  if (holdsReadDenied(path))
    throw new AtomError(
      'blocked',
      `${wish.path} holds secrets by its name: no agent may touch it.`,
      { violates: true, own: true },
    );
  return { jail, folder, parts, path: parts.join('/') || '.' };
}

/** Throws AtomError `blocked` where nothing may be written at a place. */
export function refuseReadOnly({ jail, path }: Place): void {
  if (jail.mode !== 'read-write')
    throw new AtomError('blocked', `The jail ${jail.name} is read-only.`);
  if (holdsProtected(path))
    throw new AtomError(
      'blocked',
      `${path} is protected: other programs run or trust what is in it.`,
      { violates: true },
    );
}

/** An absolute path, as seen from the jail's folder, by its given or its real name. */
const below = (jail: JailSpec, folder: string, path: string): string =>
  relative(isInside(jail.folder, path) ? jail.folder : folder, path);
