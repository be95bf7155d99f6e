import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** The version in package.json. This file lies two folders deep in src/ and, bundled, in dist/ too. */
export const packageVersion = (): string => String(manifest().version);

/** What npm calls atom. */
export const packageName = (): string => String(manifest().name);

const manifest = (): Manifest =>
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;

/** Absolute path of the package's own folder, without a slash at its end. */
export const packageFolder = (): string =>
  fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Absolute path of `bin/atom.js`, for starting atom again. */
export const atomProgram = (): string =>
  fileURLToPath(new URL('../../bin/atom.js', import.meta.url));
