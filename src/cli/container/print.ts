import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import { yaml } from '../../base/yaml.ts';
import { loadConfig } from '../../config/load.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { composeFor, literally } from '../../jail/compose.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Prints the compose file in which the jails of this profile are what they are here, with what to run
 * first. Throws AtomError `blocked` for root, `not-found` without atom's source or without a jail.
 */
export async function printCompose(cli: Cli, wanted: Account | undefined): Promise<void> {
  const source = sourceFolder();
  const { uid, gid } = notRoot(wanted ?? ownAccount());
  const { jails, workspace } = await loadConfig(cli.paths, cli.env);
  const first = jails.find(({ name }) => name === workspace) ?? jails[0];
  if (first === undefined)
    throw new AtomError('not-found', 'There is no jail, so a container would have nothing to do.', {
      next: ['Add one:   atom jails add <folder>'],
    });
  const compose = composeFor({
    jails: jails.map(asWritten),
    uid: String(uid),
    gid: String(gid),
    source: literally(source),
  });
  if (cli.out.json) return cli.out.object({ compose });
  for (const line of howToStart(first.folder, cli.paths.configFile)) cli.out.data(line);
  cli.out.data(yaml(compose).trimEnd());
  cli.out.hint('Keep it in a file:   atom container print > atom.yaml');
}

/** Prints the Dockerfile that the image is built from. */
export function printDockerfile(cli: Cli): void {
  const text = readFileSync(join(sourceFolder(), '.container', 'Dockerfile'), 'utf8');
  if (cli.out.json) cli.out.object({ dockerfile: text });
  else cli.out.data(text.trimEnd());
}

const asWritten = (jail: JailSpec): JailSpec => ({
  ...jail,
  folder: literally(jail.folder),
  ...(jail.shows === undefined ? {} : { shows: jail.shows.map(literally) }),
});

/** The settings are copied after `init` made a profile, so that jails and rules are the same inside. */
const howToStart = (folder: string, configFile: string): readonly string[] => [
  '# Made by atom container print. Print it again when the jails change.',
  '# First, once, with this in atom.yaml:',
  `#   docker compose -f atom.yaml run --rm atom init --yes --jail ${visible(shellWord(folder))}`,
  '#   docker compose -f atom.yaml run --rm -T --entrypoint tee atom \\',
  `#     /atom/config/default/config.json < ${visible(shellWord(configFile))} > /dev/null`,
  '# Then:',
  '#   docker compose -f atom.yaml up -d',
  '#   docker compose -f atom.yaml exec atom atom attach',
];

function sourceFolder(): string {
  const folder = packageFolder();
  if (['.container/Dockerfile', 'src'].every((name) => existsSync(join(folder, name))))
    return folder;
  throw new AtomError('not-found', 'An image is built from atom’s source, which is not here.', {
    next: ['Get the repository, and there:   npm ci && npx atom container print'],
  });
}

const ownAccount = (): Account => ({
  uid: process.getuid?.() ?? 1000,
  gid: process.getgid?.() ?? 1000,
});

function notRoot(account: Account): Account {
  if (account.uid > 0 && account.gid > 0) return account;
  throw new AtomError('blocked', 'A container of atom does not run as root.', {
    next: [
      'Print it as the account that owns the folders, or name that one:   atom container print --user 1000:1000',
    ],
  });
}
