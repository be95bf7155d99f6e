import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import { copyStore, moveStore } from '../../store/backup.ts';
import type { Cli } from '../cli.ts';
import { requireStopped } from '../gateway.ts';
import { agreeTo } from './agree.ts';
import { checkKept, putBackKept } from './kept.ts';
import { CONFIG, checkFiles, DATABASE, readManifest } from './manifest.ts';
import { noteRestored } from './note.ts';
import { asideOf, setCheckpointsAside } from './set-aside.ts';

export interface RestoreOptions {
  /** The settings as well. */
  readonly config: boolean;
  /** The profile that the backup is of, where that is another and was meant. */
  readonly fromProfile?: string | undefined;
}

/**
 * Puts a backup in the place of the database, after checking it whole. What was there is moved aside and
 * never deleted. Refuses while a gateway runs: AtomError `already-running`.
 */
export async function restoreBackup(
  cli: Cli,
  wished: string,
  { config, fromProfile }: RestoreOptions,
): Promise<void> {
  await requireStopped(cli);
  const folder = resolve(wished);
  const manifest = readManifest(folder);
  await checkFiles(folder, manifest);
  const files = await checkKept(folder, manifest);
  await agreeTo(cli, manifest, { folder: wished, fromProfile });
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

function restoreConfig(configFile: string, folder: string): void {
  if (existsSync(configFile)) renameSync(configFile, `${configFile}.aside-${systemClock.now()}`);
  mkdirSync(dirname(configFile), { recursive: true, mode: 0o700 });
  copyFileSync(join(folder, CONFIG), configFile);
}
