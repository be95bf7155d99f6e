import { rmdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import { readConfig } from '../../config/file.ts';
import { jailNamed } from '../../domain/jail-choice.ts';
import { jailWords } from '../../domain/jail-words.ts';
import type { Cli } from '../cli.ts';
import { absolute, makeJailFolder, refuseOverlap } from './folder.ts';
import { type JailOptions, typedOptions, withOptions } from './options.ts';
import { saveJails } from './save.ts';

/** Adds a folder to the configuration, and to a gateway that runs. */
export async function addJail(
  cli: Cli,
  wish: {
    readonly folder: string;
    readonly options: JailOptions;
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
  const { mode = 'read-write' } = wish.options;
  const { path, created } = makeJailFolder(cli, wish.folder, { mode, jails });
  try {
    const plain = { name, folder: path, mode };
    const added = withOptions(cli, plain, { options: wish.options, all: jails });
    await saveJails(cli, [...jails, added], wish);
    if (cli.out.json) return cli.out.object({ added });
    cli.out.say(`${created ? 'Made and added' : 'Added'} ${jailWords(added)}: ${visible(path)}`);
    cli.out.hint(`Undo:   atom jails remove ${name}`);
  } catch (refused) {
    if (created) rmdirSync(path);
    throw refused;
  }
}

/** Changes what commands may do in a jail, for the configuration and a gateway that runs. */
export async function setJail(
  cli: Cli,
  name: string,
  { options, totpStdin }: { readonly options: JailOptions; readonly totpStdin: boolean },
): Promise<void> {
  const { jails } = await readConfig(cli.paths);
  const before = jailNamed(jails, name);
  if (Object.keys(options).length === 0) {
    throw new AtomError('usage', `Nothing was said that should change in "${name}"`, {
      next: ['See what can:   atom jails set --help', `See how it is:   atom jails show ${name}`],
    });
  }
  const others = jails.filter((jail) => jail !== before);
  const changed = withOptions(cli, before, { options, all: others });
  if (changed.mode !== before.mode) refuseOverlap(changed, others);
  await saveJails(
    cli,
    jails.map((jail) => (jail === before ? changed : jail)),
    { totpStdin },
  );
  if (cli.out.json) return cli.out.object({ changed, before });
  const back = typedOptions(before, changed);
  if (back.length === 0) return cli.out.say(`Nothing changed: ${jailWords(changed)}`);
  cli.out.say(`Now ${jailWords(changed)}`);
  cli.out.hint(`Undo:   atom jails set ${[name, ...back].map(shellWord).join(' ')}`);
}

/** Takes a jail out of the configuration; its files stay. Refuses the workspace. */
export async function removeJail(
  cli: Cli,
  name: string,
  from: { readonly totpStdin: boolean },
): Promise<void> {
  const { jails, workspace } = await readConfig(cli.paths);
  const gone = jailNamed(jails, name);
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
  const again = [gone.folder, '--name', name, ...typedOptions(gone, {})];
  cli.out.hint(`Undo:   atom jails add ${again.map(shellWord).join(' ')}`);
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
