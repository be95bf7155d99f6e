import { existsSync, readFileSync } from 'node:fs';
import { readCheckpoints } from '../../assembly/checkpoint-file.ts';
import { trustedKeys } from '../../assembly/record-keys.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { parseKey } from '../../base/signed-note.ts';
import { readConfig } from '../../config/file.ts';
import { type Checkpoint, checkpointsIn } from '../../domain/checkpoint.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';

/** Told what the record is held against no further, and why. */
export type LeaveOut = (what: string, why: string) => void;

const saying =
  ({ out }: Cli): LeaveOut =>
  (what, why) =>
    out.warn(`${what} is not looked at: ${why}`);

/** Checkpoints in the files that the gateway writes: beside the database, and where the owner wants them. */
export async function ownCheckpoints(
  cli: Cli,
  leaveOut: LeaveOut = saying(cli),
): Promise<readonly Checkpoint[]> {
  const own = await exportFile(cli, leaveOut);
  return [cli.paths.checkpoints, ...(own === undefined ? [] : [own])].flatMap(readCheckpoints);
}

/** Settings that cannot be read must not keep anybody from verifying. */
async function exportFile(cli: Cli, leaveOut: LeaveOut): Promise<string | undefined> {
  try {
    return existsSync(cli.paths.configFile)
      ? (await readConfig(cli.paths)).audit.export
      : undefined;
  } catch (thrown) {
    leaveOut('audit.export', asAtomError(thrown).message);
    return undefined;
  }
}

/** The checkpoints in a file of the owner's. Throws AtomError `usage` where it holds none. */
export function checkpointsOf(file: string): readonly Checkpoint[] {
  if (!existsSync(file)) throw new AtomError('usage', `There is no file ${file}`);
  const found = checkpointsIn(readFileSync(file, 'utf8'));
  if (found.length > 0) return found;
  throw new AtomError('usage', `${file} holds no checkpoint`, {
    next: ['It has to hold the whole note: origin, size, root, an empty line, signatures.'],
  });
}

/** The keys to believe: those named, else those whose private half is kept here; none where there are none. */
export async function keysToTrust(
  cli: Cli,
  named: readonly string[],
  leaveOut: LeaveOut = saying(cli),
): Promise<readonly string[]> {
  const wrong = named.find((text) => parseKey(text) === undefined);
  if (wrong !== undefined)
    throw new AtomError('usage', `"${wrong}" is no key`, {
      next: ['It looks like name+1a2b3c4d+AQ…, as printed by:   atom audit key'],
    });
  if (named.length > 0) return named;
  try {
    return await trustedKeys(openSecrets(cli));
  } catch (thrown) {
    leaveOut('the stored key', asAtomError(thrown).message);
    return [];
  }
}
