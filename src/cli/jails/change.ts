import { rmdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { readConfig } from '../../config/file.ts';
import { shellWord } from '../../config/shell-word.ts';
import type { JailSpec } from '../../domain/jail.ts';
import type { Cli } from '../cli.ts';
import { absolute, makeJailFolder } from './folder.ts';
import { saveJails } from './save.ts';

/** Adds a folder to the configuration, and to a gateway that runs. */
export async function addJail(
  cli: Cli,
  wish: {
    readonly folder: string;
    readonly mode: JailSpec['mode'];
    readonly name?: string;
    readonly totpStdin: boolean;
  },
): Promise<void> {
  const { jails } = await readConfig(cli.paths);
  refuseFile(absolute(cli.env, wish.folder));
  const name = wish.name ?? nameOf(wish.folder);
  const taken = jails.find((jail) => jail.name === name);
  if (taken !== undefined) {
    throw new AtomError('usage', `There is already a jail "${name}": ${taken.folder}`, {
      next: [`Choose another name:   atom jails add ${shellWord(wish.folder)} --name <name>`],
    });
  }
  const { path, created } = makeJailFolder(cli, wish.folder, { mode: wish.mode, jails });
  const added = { name, folder: path, mode: wish.mode };
  try {
    await saveJails(cli, [...jails, added], wish);
  } catch (refused) {
    if (created) rmdirSync(path);
    throw refused;
  }
  if (cli.out.json) return cli.out.object({ added });
  cli.out.say(`${created ? 'Made and added' : 'Added'} ${name}: ${visible(path)} (${wish.mode})`);
  cli.out.hint(`Undo:   atom jails remove ${name}`);
}

/** Takes a jail out of the configuration; its files stay. Refuses the workspace. */
export async function removeJail(
  cli: Cli,
  name: string,
  from: { readonly totpStdin: boolean },
): Promise<void> {
  const { jails, workspace } = await readConfig(cli.paths);
  const gone = jails.find((jail) => jail.name === name);
  if (gone === undefined) {
    throw new AtomError('not-found', `There is no jail "${name}"`, {
      next: ['See which there are:   atom jails list'],
    });
  }
  if (name === workspace) {
    throw new AtomError('usage', `"${name}" is the workspace: commands run there`, {
      next: ['Choose another first:   atom config set workspace <name>'],
    });
  }
  await saveJails(
    cli,
    jails.filter((jail) => jail !== gone),
    from,
  );
  if (cli.out.json) return cli.out.object({ removed: gone });
  cli.out.say(`Removed ${name}. The files in ${visible(gone.folder)} stay.`);
  const again = `${shellWord(gone.folder)} --name ${name} --mode ${gone.mode}`;
  cli.out.hint(`Undo:   atom jails add ${again}`);
}

function refuseFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  throw new AtomError('usage', `${visible(path)} is a file, not a folder`, {
    next: [`Add the folder it is in:   atom jails add ${shellWord(dirname(path))}`],
  });
}

/** The folder's own name, as far as it can be a jail's. */
const nameOf = (folder: string): string =>
  basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 32);
