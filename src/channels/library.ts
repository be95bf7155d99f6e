import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A package that a channel needs and that is installed only on agreement, in the one version that was tried. */
export interface Library {
  readonly name: string;
  readonly version: string;
  /** Of the package as it was when atom was tried with it; npm's own form. */
  readonly integrity: string;
}

/** Where the libraries of channels are looked for. */
export interface LibraryPlaces {
  /** Where atom itself is installed. */
  readonly packageFolder: string;
  /** The profile's data; `atom channels add` installs below it. */
  readonly data: string;
  /** The channel's name: each has its own. */
  readonly channel: string;
}

/** The folder that the libraries of a channel are installed into, where atom installs them. */
export const libraryPrefix = ({ data, channel }: Omit<LibraryPlaces, 'packageFolder'>): string =>
  join(data, 'channels', channel);

/** The folder of a library, in the only version that is used; undefined where it is not installed. */
export function findLibrary(
  library: Library,
  { packageFolder, ...own }: LibraryPlaces,
): string | undefined {
  const beside =
    createRequire(join(packageFolder, 'package.json')).resolve.paths(library.name) ?? [];
  const places = [...beside, join(libraryPrefix(own), 'node_modules')];
  const found = places
    .map((place) => join(place, library.name))
    .find((folder) => isIt(folder, library));
  return found && realpathSync(found);
}

function isIt(folder: string, { version }: Library): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const found = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string };
  return found.version === version;
}
