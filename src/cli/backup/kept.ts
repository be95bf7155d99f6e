import type { Cli } from '../cli.ts';
import type { Manifest } from './manifest.ts';
import { checkNotes, putBackNotes } from './notes.ts';
import { checkReceived, putBackReceived } from './received.ts';

/**
 * Checks what a backup holds besides database and settings. Resolves to the digests of the files that came
 * with messages. Throws AtomError `failed` where something is not what it was made with.
 */
export async function checkKept(
  folder: string,
  { received, memory }: Manifest,
): Promise<readonly string[]> {
  await checkNotes(folder, memory);
  return checkReceived(folder, received);
}

/** Puts all of that back. */
export async function putBackKept(
  files: readonly string[],
  paths: Cli['paths'],
  folder: string,
): Promise<void> {
  await putBackReceived(files, paths, folder);
  await putBackNotes(paths, folder);
}
