import { readFileSync } from 'node:fs';
import { WORKSPACE } from '../domain/jail-words.ts';
import type { Paths } from './paths.ts';

/**
 * The folder that commands run in when they name no jail, for showing it: read from the settings without
 * checking them, which the gateway that runs has done, and which takes longer than all else at a start.
 * Undefined where it cannot be told.
 */
export function workspaceFolder({ configFile }: Paths): string | undefined {
  try {
    const text = readFileSync(configFile, 'utf8').replace(/^\uFEFF/, '');
    const { workspace = WORKSPACE, jails } = JSON.parse(text);
    const folder: unknown = jails.find(({ name }: { name: unknown }) => name === workspace).folder;
    return typeof folder === 'string' ? folder : undefined;
  } catch {
    return undefined;
  }
}
