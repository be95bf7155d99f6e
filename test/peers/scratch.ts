import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for what a peer writes down and nobody reads, in memory where the machine has such a place: crabline
 * locks its journal by folders on each call, which on a disk takes longer than all that is tested.
 */
export const scratchFolder = (name: string): string => mkdtempSync(join(ROOT, `atom-${name}-`));

const ROOT = isOurs('/dev/shm') ? '/dev/shm' : tmpdir();

function isOurs(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
