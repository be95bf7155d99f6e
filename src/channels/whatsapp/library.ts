import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LIBRARY } from './facts.ts';

/** Where Baileys is looked for. */
export interface LibraryPlaces {
  /** Where atom itself is installed. */
  readonly packageFolder: string;
  /** The profile's data; `atom channels add whatsapp` installs below it. */
  readonly data: string;
}

/** The folder that Baileys is installed into, where atom installs it. */
export const libraryPrefix = (data: string): string => join(data, 'channels');

/** The folder of Baileys, in the only version that is used; undefined where it is not installed. */
export function findLibrary({ packageFolder, data }: LibraryPlaces): string | undefined {
  const beside =
    createRequire(join(packageFolder, 'package.json')).resolve.paths(LIBRARY.name) ?? [];
  const places = [...beside, join(libraryPrefix(data), 'node_modules')];
  const found = places.map((place) => join(place, LIBRARY.name)).find(isIt);
  return found && realpathSync(found);
}

function isIt(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string };
  return version === LIBRARY.version;
}
