import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../base/errors.ts';
import { searchPath } from './clean-env.ts';

/** True where commands of a jail would find a program by this bare name. Runs nothing. */
export const hasProgram = (toolchains: readonly string[], name: string): boolean =>
  /^[\w.+@-]+$/.test(name) &&
  searchPath(toolchains).some((folder) => isProgram(join(folder, name)));

/** True for a file that may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (systemCode(error) !== undefined) return false;
    throw error;
  }
}
