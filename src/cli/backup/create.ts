import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import { copyStore, digestOfFile } from '../../store/backup.ts';
import type { Cli } from '../cli.ts';
import { packageVersion } from '../version.ts';
import { contentOf } from './content.ts';
import { CONFIG, DATABASE, MANIFEST, type Manifest } from './manifest.ts';
import { backUpNotes } from './notes.ts';
import { makePlace } from './place.ts';
import { backUpReceived } from './received.ts';

/**
 * Copies the database and the settings at one moment, while a gateway may run, with the files that the
 * database names and what agents remember, and checks the copy: each file as a whole, and the record. Secrets stay where they are. Without a folder, one of its own
 * below the profile's data. Throws AtomError as `makePlace` does.
 */
export async function createBackup(cli: Cli, wished: string | undefined): Promise<void> {
  const at = systemClock.now();
  const folder = await makePlace(cli, wished, at);
  try {
    const manifest = await fill(cli, folder, at);
    if (cli.out.json) return cli.out.object({ folder, ...manifest });
    const { record, received } = manifest;
    cli.out.say(`Backed up to ${visible(folder)}: ${record.entries} entries, unbroken.`);
    if (received.files > 0) cli.out.say(`With ${received.files} files that came with messages.`);
    if (received.missing > 0)
      cli.out.warn(`${received.missing} of those files are not there any more.`);
    const notes = Object.keys(manifest.memory).length;
    if (notes > 0) cli.out.say(`With what your agents remember: ${notes} files.`);
    cli.out.hint('Your keys are not in it. Keep a copy on another disk.');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function fill({ paths }: Cli, folder: string, at: number): Promise<Manifest> {
  const database = join(folder, DATABASE);
  await copyStore(paths.database, database);
  const config = join(folder, CONFIG);
  if (existsSync(paths.configFile)) copyFileSync(paths.configFile, config);
  const files = [database, ...(existsSync(config) ? [config] : [])];
  const { record, digests } = await contentOf(database);
  const manifest: Manifest = {
    version: 1,
    profile: paths.profile,
    atom: packageVersion(),
    at,
    files: Object.fromEntries(
      await Promise.all(
        files.map(
          async (file) => [file.slice(folder.length + 1), await digestOfFile(file)] as const,
        ),
      ),
    ),
    record,
    received: await backUpReceived(digests, paths, folder),
    memory: await backUpNotes(paths, folder),
  };
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}
