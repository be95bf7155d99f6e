import { statSync } from 'node:fs';

/** False only where a file surely is not there. Where nobody can tell, whoever opens it says why. */
export function mayBeThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
