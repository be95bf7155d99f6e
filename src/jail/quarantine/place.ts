import type { JailSpec } from '../../domain/jail.ts';
import { plainName } from '../../domain/protected-names.ts';

/** A jail as a command is about to write in it. */
export interface Place {
  /** The jail's name. */
  readonly jail: string;
  /** Its real folder, and the `dev:ino` of that. */
  readonly folder: string;
  readonly folderId: string;
  /** Names that the owner lets commands change here, as `plainName` gives them. */
  readonly unprotected: readonly string[];
  /** The run that writes, where it is known. */
  readonly run?: string;
}

/** The place of a launch. Where all of a repository may be changed, `.git` is not protected. */
export const placeIn = (
  { name, git, unprotected = [] }: JailSpec,
  { path, id }: { readonly path: string; readonly id: string },
  run: string | undefined,
): Place => ({
  jail: name,
  folder: path,
  folderId: id,
  unprotected: [...unprotected, ...(git === 'open' ? ['.git'] : [])].map(plainName),
  ...(run === undefined ? {} : { run }),
});
