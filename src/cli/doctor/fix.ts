import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { visible } from '../../base/visible.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { openFiles } from './machine.ts';

/** Mends what is harmless to mend: closes files to others, makes folders of jails that are missing. */
export async function fix(cli: Cli): Promise<void> {
  for (const file of openFiles(cli)) {
    chmodSync(file, 0o600);
    cli.out.say(`Closed to others: ${visible(file)}`);
  }
  const { jails } = await loadConfig(cli.paths, cli.env);
  for (const { folder } of jails.filter((jail) => !existsSync(jail.folder))) {
    mkdirSync(folder, { recursive: true });
    cli.out.say(`Made: ${visible(folder)}`);
  }
}
