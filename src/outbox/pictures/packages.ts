import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const LIBRARY = 'sharp';
/** What it needs to load; one of its own version lies inside of it. */
const NEEDED = ['@img', 'detect-libc', 'semver'];

/** A package, and where a program in a jail finds it. */
export interface Lent {
  readonly host: string;
  readonly inside: string;
}

/** The library that reads and writes pictures, for a program in `/opt/atom`; undefined where it is not installed. */
export function pictureLibrary(packageFolder: string): readonly Lent[] | undefined {
  const places = createRequire(join(packageFolder, 'package.json')).resolve.paths(LIBRARY) ?? [];
  const place = places.find((folder) => existsSync(join(folder, LIBRARY, 'package.json')));
  if (place === undefined) return undefined;
  return [LIBRARY, ...NEEDED]
    .filter((name) => existsSync(join(place, name)))
    .map((name) => ({
      host: realpathSync(join(place, name)),
      inside: `/opt/atom/node_modules/${name}`,
    }));
}
