import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Room for the database to grow and for a checkpoint. */
const ENOUGH_BYTES = 200 * 1024 * 1024;

/** How much room there is where a folder is, or will be made. */
export function diskRoom(folder: string): { readonly freeBytes: number; readonly enough: boolean } {
  const { bavail, bsize } = statfsSync(nearestFolder(folder));
  const freeBytes = bavail * bsize;
  return { freeBytes, enough: freeBytes >= ENOUGH_BYTES };
}

const nearestFolder = (folder: string): string =>
  existsSync(folder) ? folder : nearestFolder(dirname(folder));
