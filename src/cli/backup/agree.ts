import { AtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import type { Manifest } from './manifest.ts';

/** Which backup is to be put back, as it was typed, and whose it was said to be. */
interface Given {
  readonly folder: string;
  readonly fromProfile: string | undefined;
}

/** Asks whether a backup is to be put back, and first whether it is meant where it is another profile's. */
export async function agreeTo(cli: Cli, manifest: Manifest, given: Given): Promise<void> {
  await agreeToProfile(cli, manifest, given);
  const { at, record } = manifest;
  await sure(cli, {
    question: `Restore the database of ${new Date(at).toISOString()} (${record.entries} entries)? What happened since is moved aside.`,
  });
}

/**
 * The name is wanted where nobody is asked: `--yes` is also said out of habit. AtomError `usage` where it was
 * not given or is another's, `declined` where the answer is no.
 */
async function agreeToProfile(cli: Cli, { profile }: Manifest, given: Given): Promise<void> {
  const { folder, fromProfile } = given;
  if (fromProfile === undefined ? profile === cli.paths.profile : profile === fromProfile) return;
  const words = `This is a backup of profile "${visible(profile)}", not of "${visible(fromProfile ?? cli.paths.profile)}"`;
  if (fromProfile === undefined && cli.mayAsk && !cli.flags.yes)
    return await sure(cli, { question: `${words}. Is that what is to be here from now on?` });
  throw new AtomError('usage', `${words}. Nothing was changed.`, {
    next: [
      `If that is meant:   atom backup restore ${shellWord(folder)} --from-profile ${shellWord(profile)}`,
      'See which there are:   atom backup list',
    ],
  });
}
