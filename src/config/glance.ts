import { readFileSync, statSync } from 'node:fs';
import { WORKSPACE } from '../domain/jail-words.ts';
import type { Paths } from './paths.ts';

/** What the terminal UI shows of the settings, or is drawn by. */
export interface Glance {
  /** The folder that commands run in when they name no jail; undefined where it cannot be told. */
  readonly folder: string | undefined;
  /** `dark` or `light` where that was chosen. */
  readonly theme: unknown;
}

const NOTHING: Glance = { folder: undefined, theme: undefined };

/**
 * Reads that from the settings without checking them, which the gateway that runs has done, and which takes
 * longer than all else at a start.
 */
export function glanceAt({ configFile }: Paths): Glance {
  try {
    // To open a pipe would wait for ever.
    if (!statSync(configFile).isFile()) return NOTHING;
    const text = readFileSync(configFile, 'utf8').replace(/^\uFEFF/, '');
    const settings = JSON.parse(text);
    return { folder: folderIn(settings), theme: settings?.ui?.theme };
  } catch {
    return NOTHING;
  }
}

function folderIn(settings: { workspace?: unknown; jails?: unknown } | null): string | undefined {
  const { workspace = WORKSPACE, jails } = settings ?? {};
  if (!Array.isArray(jails)) return undefined;
  const folder: unknown = jails.find((jail) => jail?.name === workspace)?.folder;
  return typeof folder === 'string' ? folder : undefined;
}
