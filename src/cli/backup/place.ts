import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { makeFolders } from '../../base/make-folders.ts';
import { visible } from '../../base/visible.ts';
import { readRaw } from '../../config/file.ts';
import { isInsideLoosely } from '../../domain/same-path.ts';
import type { Cli } from '../cli.ts';
import { jailsOf } from '../jails/save.ts';

/** Where backups go when nobody says otherwise. */
export const backupFolder = ({ paths }: Pick<Cli, 'paths'>): string => join(paths.data, 'backups');

/**
 * Makes the folder of a new backup, and returns its path. Throws AtomError `not-found` where there is nothing to
 * back up, `usage` where the folder is there already, `blocked` where it would lie in a jail.
 */
export async function makePlace(cli: Cli, wished: string | undefined, at: number): Promise<string> {
  if (!existsSync(cli.paths.database))
    throw new AtomError('not-found', 'There is no database yet, so there is nothing to back up.', {
      next: ['Start atom once:   atom start'],
    });
  const folder = wished === undefined ? join(backupFolder(cli), stamp(at)) : resolve(wished);
  if (existsSync(folder))
    throw new AtomError(
      'usage',
      `${visible(folder)} is there already, and nothing is written over.`,
      {
        next: ['Name a folder that is not there yet.'],
      },
    );
  if (wished !== undefined) await refuseJails(cli, folder);
  makeFolders(folder, 0o700);
  return folder;
}

/** Commands would read the whole database there. */
async function refuseJails({ paths }: Pick<Cli, 'paths'>, folder: string): Promise<void> {
  const real = realPath(folder);
  const around = jailsOf((await readRaw(paths)) ?? {}).find((jail) =>
    isInsideLoosely(realPath(jail.folder), real),
  );
  if (around === undefined) return;
  throw new AtomError(
    'blocked',
    `${visible(folder)} is in the jail ${around.name}, where commands could read the whole backup.`,
    {
      next: [
        'Name a folder outside every jail, or none:   atom backup create',
        'See where they are:   atom jails list',
      ],
    },
  );
}

/** Where a path leads, also one that is not there yet. */
const realPath = (path: string): string =>
  existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path));

const stamp = (at: number): string =>
  new Date(at).toISOString().replace(/\..*$/, '').replaceAll(':', '-');
