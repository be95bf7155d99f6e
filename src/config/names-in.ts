import { readdir } from 'node:fs/promises';
import { systemCode } from '../base/errors.ts';

/** The names in a folder; none where there is no such folder. Rejects with the system's error otherwise. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
