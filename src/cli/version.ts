import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The version in package.json. This file lies two folders deep in src/ and, bundled, in dist/ too. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { readonly version: string }).version);
}

/** Absolute path of the package's own folder, without a slash at its end. */
export const packageFolder = (): string =>
  fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Absolute path of `bin/atom.js`, for starting atom again. */
export const atomProgram = (): string =>
  fileURLToPath(new URL('../../bin/atom.js', import.meta.url));
