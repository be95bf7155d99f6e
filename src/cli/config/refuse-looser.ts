import type { RawConfig } from '../../config/file.ts';
import { refuseOwners } from '../channels/refuse-owners.ts';
import type { Cli } from '../cli.ts';
import { jailsOf, refuseWidening } from '../jails/save.ts';
import { refuseReaders } from '../models/readers.ts';
import { refuseLoosening } from '../rules/save.ts';
import { refuseWidenedUsers } from '../users/save.ts';

/** Refuses what no setting may do without a code of the second factor. Throws AtomError `credentials`. */
export async function refuseLooserSettings(
  cli: Cli,
  before: RawConfig,
  next: RawConfig,
): Promise<void> {
  await refuseWidening(cli, jailsOf(before), jailsOf(next));
  await refuseLoosening(cli, before, next);
  await refuseOwners(cli, before, next);
  await refuseReaders(cli, before, next);
  await refuseWidenedUsers(cli, before, next);
}
