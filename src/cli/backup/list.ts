import { statSync } from 'node:fs';
import { join } from 'node:path';
import { duration, systemClock } from '../../base/clock.ts';
import { sizeWords } from '../../base/size.ts';
import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { backupsIn, DATABASE } from './manifest.ts';
import { backupFolder } from './place.ts';

/** The backups below the profile's data, the newest first. */
export async function listBackups(cli: Cli): Promise<void> {
  const found = backupsIn(backupFolder(cli));
  if (cli.out.json)
    return cli.out.object({ backups: found.map(({ path, manifest }) => ({ path, ...manifest })) });
  if (found.length === 0) return cli.out.hint('There is no backup. Make one:   atom backup create');
  const now = systemClock.now();
  const rows = found.map(({ path, manifest }) => [
    ...[duration(now - manifest.at), `${manifest.record.entries} entries`],
    sizeWords(statSync(join(path, DATABASE)).size + manifest.received.bytes),
    visible(path),
  ]);
  for (const line of table([['AGO', 'RECORD', 'SIZE', 'FOLDER'], ...rows])) cli.out.data(line);
}
