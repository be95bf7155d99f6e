import { existsSync, rmdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Env } from '../../config/env.ts';
import { makeFolder } from '../../config/folder.ts';
import type { Paths } from '../../config/paths.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { checkJailFolder, type FolderRules } from '../../jail/folder.ts';
import { overlapping } from '../../jail/known-jails.ts';
import { packageFolder } from '../version.ts';

interface Place {
  readonly env: Env;
  readonly paths: Paths;
}

/** The jails there are, and what commands may do in the new one. */
interface Beside {
  readonly mode: JailSpec['mode'];
  readonly jails: readonly JailSpec[];
}

/** What no jail of this profile may touch. */
export const folderRules = ({ env, paths }: Place): FolderRules => ({
  home: env.home,
  stateDirs: [paths.config, paths.data, paths.state, packageFolder()],
  uid: process.getuid?.() ?? 0,
});

/** An absolute path; a leading ~ is the home folder. */
export const absolute = (env: Env, folder: string): string =>
  resolve(folder === '~' || folder.startsWith('~/') ? join(env.home, folder.slice(1)) : folder);

/** Throws AtomError `blocked` where an existing folder may not be a jail; says nothing of one to be made. */
export function checkFolder(place: Place, folder: string): void {
  const path = absolute(place.env, folder);
  if (existsSync(path)) checkJailFolder(folderRules(place), path);
}

/**
 * The real path of a folder that may be a jail beside those there are, made where it was missing. What
 * was made and then refused is taken away again.
 */
export function makeJailFolder(
  place: Place,
  folder: string,
  beside: Beside = { mode: 'read-only', jails: [] },
): { readonly path: string; readonly created: boolean } {
  const path = absolute(place.env, folder);
  const created = !existsSync(path);
  if (created) makeFolder(path, 0o755);
  try {
    const { path: real } = checkJailFolder(folderRules(place), path);
    refuseOverlap({ folder: real, mode: beside.mode }, beside.jails);
    return { path: real, created };
  } catch (refused) {
    if (created) rmdirSync(path);
    throw refused;
  }
}

/** Throws AtomError `blocked` where a jail and another would lie one inside the other, and one may be written. */
export function refuseOverlap(
  { folder, mode }: Pick<JailSpec, 'folder' | 'mode'>,
  jails: readonly JailSpec[],
): void {
  const other = overlapping({ folder, mode }, jails);
  if (other === undefined) return;
  throw new AtomError(
    'blocked',
    `${visible(folder)} and the jail ${other.name} (${visible(other.folder)}) lie one inside the other, and what runs in the outer could replace the inner.`,
    { next: [`Choose a folder beside it, or remove that one:   atom jails remove ${other.name}`] },
  );
}
