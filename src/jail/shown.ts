import { readdirSync, realpathSync } from 'node:fs';
import { AtomError, systemCode } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import type { JailSpec } from '../domain/jail.ts';
import { isInside } from '../domain/jail-choice.ts';
import { holdsReadDenied } from '../domain/protected-names.ts';
import type { Guard } from './bwrap-args.ts';
import { type FolderRules, identify, type JailFolder, refusal } from './folder.ts';
import { findHidden } from './hidden.ts';

/** Folders in which programs keep what proves who somebody is. */
const KEY_FOLDERS: ReadonlySet<string> = new Set([
  ...['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.password-store', '.mozilla'],
  ...['.gcloud', '.config', '.local', 'Keychains'],
]);

/**
 * Which folder it is that a jail shows, read-only. Throws AtomError `blocked` for whatever could not be a
 * jail for what it holds, for one that is reached through a link, that keeps keys or that lies in a
 * jail or around one; `not-found` where it is missing.
 */
export function checkShown(
  rules: FolderRules,
  jails: readonly Pick<JailSpec, 'name' | 'folder'>[],
  path: string,
): JailFolder {
  const real = realOf(path);
  if (real !== path) throw refused(path, `it is a link to ${visible(real)}: name that one`);
  const why = refusal(rules, path) ?? keysIn(path);
  if (why !== undefined) throw refused(path, why);
  const near = jails.find(({ folder }) => isInside(folder, path) || isInside(path, folder));
  if (near) throw refused(path, `it and the jail ${near.name} lie one inside the other`);
  return identify(path);
}

/** What of a shown folder is hidden all the same: secrets by their name. */
export const hiddenInShown = (path: string): readonly Guard[] =>
  findHidden(path, [path]).filter(({ how }) => how !== 'pin');

const refused = (path: string, why: string): AtomError =>
  new AtomError('blocked', `${visible(path)} cannot be shown in a jail: ${why}.`, {
    next: ['Show another folder:   atom jails set <name> --show <folder>'],
  });

function keysIn(path: string): string | undefined {
  const secret = path.split('/').some((part) => KEY_FOLDERS.has(part)) || holdsReadDenied(path);
  if (secret) return 'keys and passwords are kept there';
  const keys = readdirSync(path).find((name) => KEY_FOLDERS.has(name));
  return keys === undefined ? undefined : `it holds ${visible(keys)}, where keys are kept`;
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw refused(path, 'it cannot be opened');
    throw new AtomError('not-found', `There is no folder ${visible(path)} for the jail to show.`, {
      cause: error,
    });
  }
}
