import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { copyStore, moveStore } from '../../store/backup.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { requireStopped } from '../gateway.ts';
import { checkKept, putBackKept } from './kept.ts';
import { CONFIG, checkFiles, DATABASE, type Manifest, readManifest } from './manifest.ts';
import { noteRestored } from './note.ts';

/**
 * Puts a backup in the place of the database, after checking it whole. What was there is moved aside and
 * never deleted. Refuses while a gateway runs: AtomError `already-running`.
 */
export async function restoreBackup(
  cli: Cli,
  wished: string,
  { config }: { readonly config: boolean },
): Promise<void> {
  await requireStopped(cli);
  const folder = resolve(wished);
  const manifest = readManifest(folder);
  await checkFiles(folder, manifest);
  const files = await checkKept(folder, manifest);
  await confirm(cli, manifest);
  const { paths } = cli;
  mkdirSync(dirname(paths.database), { recursive: true, mode: 0o700 });
  const fresh = `${paths.database}.restored-${systemClock.now()}`;
  await copyStore(join(folder, DATABASE), fresh);
  await noteRestored(fresh, manifest, paths.database);
  await putBackKept(files, paths, folder);
  const aside = asideOf(paths.database);
  const had = moveStore(paths.database, aside);
  setCheckpointsAside(paths);
  renameSync(fresh, paths.database);
  if (config && existsSync(join(folder, CONFIG))) restoreConfig(paths.configFile, folder);
  if (cli.out.json) return cli.out.object({ restored: folder, ...(had ? { aside } : {}) });
  cli.out.say(`Restored the database of ${new Date(manifest.at).toISOString()}.`);
  if (files.length > 0) cli.out.say(`With ${files.length} files that came with messages.`);
  if (had) cli.out.say(`The one that was there is at ${visible(aside)}.`);
}

/** Moves a database away that cannot be used, so that the next start makes a new one, with words. */
export async function setAside(cli: Cli): Promise<void> {
  await requireStopped(cli);
  const { database } = cli.paths;
  if (!existsSync(database)) throw new AtomError('not-found', 'There is no database.');
  await sure(cli, {
    question: `Move ${visible(database)} aside and begin with an empty record?`,
  });
  const aside = asideOf(database);
  moveStore(database, aside);
  setCheckpointsAside(cli.paths);
  if (cli.out.json) return cli.out.object({ aside });
  cli.out.say(`Moved to ${visible(aside)}. The next start makes a new one.`);
}

/** They speak of a record that is not there any more: another would look cut off beside them. */
function setCheckpointsAside({ checkpoints }: Cli['paths']): void {
  if (existsSync(checkpoints)) renameSync(checkpoints, asideOf(checkpoints));
}

const asideOf = (file: string): string => `${file}.aside-${systemClock.now()}`;

function restoreConfig(configFile: string, folder: string): void {
  if (existsSync(configFile)) renameSync(configFile, `${configFile}.aside-${systemClock.now()}`);
  mkdirSync(dirname(configFile), { recursive: true, mode: 0o700 });
  copyFileSync(join(folder, CONFIG), configFile);
}

const confirm = (cli: Cli, { at, record }: Manifest): Promise<void> =>
  sure(cli, {
    question: `Restore the database of ${new Date(at).toISOString()} (${record.entries} entries)? What happened since is moved aside.`,
  });
