import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { LIBRARY } from '../../channels/whatsapp/facts.ts';
import { findLibrary, type LibraryPlaces, libraryPrefix } from '../../channels/whatsapp/library.ts';
import { ensureFolder } from '../../config/folder.ts';

/**
 * Has npm install Baileys into the profile: exactly the version that atom was tried with, without its
 * install scripts and without what only images would need. Throws AtomError `failed`; then nothing of it
 * is left.
 */
export async function installLibrary(places: LibraryPlaces): Promise<void> {
  const prefix = libraryPrefix(places.data);
  ensureFolder(prefix);
  const code = await npm([
    ...['install', '--prefix', prefix, '--save-exact', '--ignore-scripts'],
    ...['--omit=peer', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    `${LIBRARY.name}@${LIBRARY.version}`,
  ]);
  if (code === 0 && isGenuine(prefix) && findLibrary(places) !== undefined) return;
  rmSync(prefix, { recursive: true, force: true });
  throw new AtomError(
    'failed',
    code === 0
      ? 'npm installed something else than atom was tried with, so it was removed.'
      : `npm could not install it (${code === undefined ? 'there is no npm here' : `exit ${code}`}).`,
    { next: ['Try again:   atom channels add whatsapp'] },
  );
}

/** What npm fetched is what the version was when atom was tried with it. */
function isGenuine(prefix: string): boolean {
  const file = join(prefix, 'package-lock.json');
  if (!existsSync(file)) return false;
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly packages?: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  return packages?.[`node_modules/${LIBRARY.name}`]?.integrity === LIBRARY.integrity;
}

/** Its exit code; undefined where it could not be started. What it says goes to stderr. */
const npm = (words: readonly string[]): Promise<number | undefined> =>
  new Promise((resolve) => {
    const child = spawn('npm', words, { shell: false, stdio: ['ignore', 2, 2] });
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code ?? 1));
  });
