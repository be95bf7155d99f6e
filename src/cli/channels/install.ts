import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import {
  findLibrary,
  type Library,
  type LibraryPlaces,
  libraryPrefix,
} from '../../channels/library.ts';
import { ensureFolder } from '../../config/folder.ts';
import { npm } from '../npm.ts';

/**
 * Has npm install the libraries of a channel into the profile: exactly the versions that atom was tried
 * with, without their install scripts and without what only images would need. Throws AtomError `failed`;
 * then nothing of them is left.
 */
export async function installLibraries(
  libraries: readonly Library[],
  places: LibraryPlaces,
): Promise<void> {
  const prefix = libraryPrefix(places);
  ensureFolder(prefix);
  const code = await npm([
    ...['install', '--prefix', prefix, '--save-exact', '--ignore-scripts'],
    ...['--omit=peer', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    ...libraries.map(({ name, version }) => `${name}@${version}`),
  ]);
  const isThere = (one: Library) => isGenuine(prefix, one) && findLibrary(one, places);
  if (code === 0 && libraries.every(isThere)) return;
  removeLibraries(places);
  throw new AtomError(
    'failed',
    code === 0
      ? 'npm installed something else than atom was tried with, so it was removed.'
      : `npm could not install it (${code === undefined ? 'there is no npm here' : `exit ${code}`}).`,
    { next: [`Try again:   atom channels add ${places.channel}`] },
  );
}

/** Removes what atom installed for a channel. */
export const removeLibraries = (places: Omit<LibraryPlaces, 'packageFolder'>): void =>
  rmSync(libraryPrefix(places), { recursive: true, force: true });

/** What npm fetched is what the version was when atom was tried with it. */
function isGenuine(prefix: string, { name, integrity }: Library): boolean {
  const file = join(prefix, 'package-lock.json');
  if (!existsSync(file)) return false;
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly packages?: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  return packages?.[`node_modules/${name}`]?.integrity === integrity;
}
