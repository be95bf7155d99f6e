import { lstatSync, realpathSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../base/errors.ts';

/** Above this many entries, and this many changes, a folder counts as changed as a whole. */
const MOST_ENTRIES = 50_000;
const MOST_CHANGES = 200;
/** Folders whose files are one thing to a person. */
const WHOLE: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** True where something is at a path, a link that leads nowhere included. */
export const isThere = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** The path without links of what is at a path, undefined where nothing is or can be looked at. */
export function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Looks at everything in a folder; `changed` compares with what is there then. */
export async function lookAtFolder(
  folder: string,
): Promise<{ changed(): Promise<readonly string[]> }> {
  const before = await entriesOf(folder);
  return {
    changed: async () => {
      const after = await entriesOf(folder);
      if (!before || !after) return [folder];
      const changed = [...after].filter(([path, state]) => before.get(path) !== state);
      const paths = [...new Set(changed.map(([path]) => join(folder, wholeOf(path))))];
      return paths.length > MOST_CHANGES ? [folder] : paths;
    },
  };
}

/** A path, or the first folder on it that counts as one. */
function wholeOf(path: string): string {
  const parts = path.split('/');
  const at = parts.findIndex((part) => WHOLE.has(part));
  return at < 0 ? path : parts.slice(0, at + 1).join('/');
}

/**
 * What changes when an entry does, by its path. The kernel sets `ctime` at every write, change of name
 * and change of mode, and no program can set it back. A folder is the same as long as it is the same
 * folder: what is in it is looked at by itself.
 */
async function entriesOf(folder: string): Promise<ReadonlyMap<string, string> | undefined> {
  const found = new Map<string, string>();
  const open = [''];
  for (const here of open) {
    for (const name of await namesIn(join(folder, here))) {
      const path = here === '' ? name : `${here}/${name}`;
      const state = await stateOf(join(folder, path));
      if (state?.isFolder) open.push(path);
      if (state) found.set(path, state.text);
    }
    if (found.size > MOST_ENTRIES) return undefined;
  }
  return found;
}

async function stateOf(path: string) {
  const stats = await statOf(path);
  if (!stats) return undefined;
  const isFolder = stats.isDirectory();
  const text = [stats.ino, ...(isFolder ? [] : [stats.ctimeNs, stats.size])].join(':');
  return { isFolder, text };
}

async function statOf(path: string) {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    // What atom cannot read, no command of the same user can either.
    if (isGone(error)) return [];
    throw error;
  }
}

const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '');
