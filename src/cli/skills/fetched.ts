import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { absolute } from '../jails/folder.ts';
import { npm } from '../npm.ts';
import { folderNamed } from './check.ts';
import { readTar } from './untar.ts';

/** A package of npm, with a version or without. Nothing else that npm takes, for some of that runs scripts. */
const PACKAGE = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(@[\w.^~-]+)?$/;

/**
 * The folder of what is to be added, below `scratch` where it had to be unpacked. Runs nothing of it. Throws
 * AtomError `not-found` or `usage`; `failed` where npm could not fetch it.
 */
export async function fetched(cli: Cli, source: string, scratch: string): Promise<string> {
  const path = absolute(cli.env, source);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return folderNamed(cli, path) ?? path;
  if (stats?.isFile()) return unpack(path, scratch);
  if (/^(\/|~|\.\.?(\/|$))|\.(tgz|tar|tar\.gz)$/.test(source))
    throw new AtomError('not-found', `There is nothing at ${path}.`);
  if (!PACKAGE.test(source))
    throw new AtomError('usage', `"${source}" is no folder, no tarball and no name of a package.`);
  return unpack(await pack(source, scratch), scratch);
}

async function pack(name: string, scratch: string): Promise<string> {
  const to = mkdtempSync(join(scratch, 'pack-'));
  const words = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', to];
  const code = await npm([...words, '--', name], to);
  const [file] = readdirSync(to).filter((one) => one.endsWith('.tgz'));
  if (code === 0 && file !== undefined) return join(to, file);
  throw new AtomError(
    'failed',
    code === undefined
      ? 'There is no npm here, which would fetch it.'
      : `npm could not fetch ${name} (exit ${code}).`,
    { next: ['Fetch it yourself, then:   atom skills add <its folder or tarball>'] },
  );
}

function unpack(archive: string, scratch: string): string {
  const files = readTar(readFileSync(archive));
  const top = files[0]?.path.split('/')[0] ?? '';
  // Most archives hold one folder with everything in it.
  const within = files.every(({ path }) => path.startsWith(`${top}/`)) ? `${top}/` : '';
  const name = basename(archive).replace(/(-\d+\.\d+\.\d+.*)?\.(tgz|tar|tar\.gz)$/, '');
  const folder = join(mkdtempSync(join(scratch, 'tar-')), name);
  for (const { path, content } of files) {
    const place = join(folder, path.slice(within.length));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content, { flag: 'wx' });
  }
  return folder;
}
