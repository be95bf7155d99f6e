import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { duration, systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { verifyAudit } from '../../governance/audit/verify.ts';
import { copyStore, digestOfFile } from '../../store/backup.ts';
import { openStore } from '../../store/open.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { packageVersion } from '../version.ts';
import { backupsIn, CONFIG, DATABASE, MANIFEST, type Manifest } from './manifest.ts';

/** Where backups go when nobody says otherwise. */
export const backupFolder = ({ paths }: Pick<Cli, 'paths'>): string => join(paths.data, 'backups');

/**
 * Copies the database and the settings at one moment, while a gateway may run, and checks the copy: the
 * file as a whole, and the record in it. Secrets stay where they are. Without a folder, one of its own
 * below the profile's data.
 */
export async function createBackup(cli: Cli, wished: string | undefined): Promise<void> {
  const { paths } = cli;
  if (!existsSync(paths.database))
    throw new AtomError('not-found', 'There is no database yet, so there is nothing to back up.', {
      next: ['Start atom once:   atom start'],
    });
  const at = systemClock.now();
  const folder = wished === undefined ? join(backupFolder(cli), stamp(at)) : resolve(wished);
  makeFolder(folder);
  try {
    const manifest = await fill(cli, folder, at);
    if (cli.out.json) return cli.out.object({ folder, ...manifest });
    cli.out.say(`Backed up to ${visible(folder)}: ${manifest.record.entries} entries, unbroken.`);
    cli.out.hint('Your keys are not in it. Keep a copy on another disk.');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function makeFolder(folder: string): void {
  if (existsSync(folder))
    throw new AtomError(
      'usage',
      `${visible(folder)} is there already, and nothing is written over.`,
      {
        next: ['Name a folder that is not there yet.'],
      },
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

async function fill({ paths }: Cli, folder: string, at: number): Promise<Manifest> {
  const database = join(folder, DATABASE);
  await copyStore(paths.database, database);
  const config = join(folder, CONFIG);
  if (existsSync(paths.configFile)) copyFileSync(paths.configFile, config);
  const files = [database, ...(existsSync(config) ? [config] : [])];
  const manifest: Manifest = {
    ...{ version: 1, profile: paths.profile, atom: packageVersion(), at },
    files: Object.fromEntries(
      await Promise.all(
        files.map(
          async (file) => [file.slice(folder.length + 1), await digestOfFile(file)] as const,
        ),
      ),
    ),
    record: await recordOf(database),
  };
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

/** A record that does not hold is backed up by nobody: that would replace a good copy by a bad one. */
async function recordOf(database: string): Promise<Manifest['record']> {
  const store = await openStore({ file: database, readOnly: true });
  try {
    const found = await verifyAudit(store);
    if (found.ok) return { entries: found.entries, head: found.head };
    throw new AtomError('failed', `The record was tampered with: ${found.problem}.`, {
      next: [`Look at it:   atom audit show ${found.seq}`],
    });
  } finally {
    await store.close();
  }
}

const stamp = (at: number): string =>
  new Date(at).toISOString().replace(/\..*$/, '').replaceAll(':', '-');

/** The backups below the profile's data, the newest first. */
export async function listBackups(cli: Cli): Promise<void> {
  const found = backupsIn(backupFolder(cli));
  if (cli.out.json)
    return cli.out.object({ backups: found.map(({ path, manifest }) => ({ path, ...manifest })) });
  if (found.length === 0) return cli.out.say('There is no backup. Make one:   atom backup create');
  const now = systemClock.now();
  const rows = found.map(({ path, manifest }) => [
    ...[duration(now - manifest.at), `${manifest.record.entries} entries`],
    `${Math.ceil(statSync(join(path, DATABASE)).size / 1024)} kB`,
    visible(path),
  ]);
  for (const line of table([['AGO', 'RECORD', 'SIZE', 'FOLDER'], ...rows])) cli.out.data(line);
}
