import { existsSync, renameSync } from 'node:fs';
import { systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { moveStore } from '../../store/backup.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { requireStopped } from '../gateway.ts';

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
export function setCheckpointsAside({ checkpoints }: Cli['paths']): void {
  if (existsSync(checkpoints)) renameSync(checkpoints, asideOf(checkpoints));
}

/** What a file is called that was moved aside. */
export const asideOf = (file: string): string => `${file}.aside-${systemClock.now()}`;
