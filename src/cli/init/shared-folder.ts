import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { readConfig } from '../../config/file.ts';
import { pathsFor } from '../../config/paths.ts';
import { isInside } from '../../domain/jail-choice.ts';
import type { Cli } from '../cli.ts';
import { absolute } from '../jails/folder.ts';

/** Names of the other profiles with a jail that is this folder, or lies in it or around it. */
export async function sharersOf({ env, paths }: Cli, folder: string): Promise<readonly string[]> {
  const path = absolute(env, folder);
  const others = namesIn(dirname(paths.config)).filter((name) => name !== paths.profile);
  const found = await Promise.all(
    others.map(async (name) => {
      const folders = await jailFolders(pathsFor(env, name));
      return folders.some((other) => isInside(other, path) || isInside(path, other)) ? [name] : [];
    }),
  );
  return found.flat();
}

/** What is said of a folder beside its name; nothing where no other profile has it. */
export async function sharedWords(cli: Cli, folder: string): Promise<string | undefined> {
  const names = await sharersOf(cli, folder);
  return names.length === 0 ? undefined : `also used by profile ${names.join(', ')}`;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // Nothing was ever set up here.
    return [];
  }
}

/** None where it is no profile, or its settings are broken: that is for whoever uses it. */
const jailFolders = async (paths: ReturnType<typeof pathsFor>): Promise<readonly string[]> =>
  (await readConfig(paths).catch(() => undefined))?.jails.map(({ folder }) => folder) ?? [];
