import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../../base/errors.ts';
import { SKILL_FILE } from './decode.ts';

/** Collections group their skills: `<root>/<collection>/skills/<group>/<name>`. */
const DEEPEST = 4;
const MOST_FOLDERS = 2000;
/** A folder with one of these is a skill of another kind, whatever else is in it. */
const OTHER_KINDS = ['skill.ts', 'skill.json'];

/**
 * The folders at or below a root that hold a `SKILL.md`, in the order of their paths; below one of them
 * nothing is looked for. Links right in the root are followed where only their owner can have put them there.
 */
export async function textFolders(root: string, follow: boolean): Promise<readonly string[]> {
  if (!follow && (await isLinked(root))) return [];
  const found: string[] = [];
  const below = (await foldersIn(root, follow)).map((path) => ({ path, depth: 1 }));
  for (let looked = 0; below.length > 0 && looked < MOST_FOLDERS; looked++) {
    const { path, depth } = below.shift() ?? { path: root, depth: DEEPEST };
    const names = (await entriesIn(path)).map(({ name }) => name);
    if (OTHER_KINDS.some((name) => names.includes(name))) continue;
    if (names.some((name) => name.toLowerCase() === SKILL_FILE.toLowerCase())) found.push(path);
    else if (depth < DEEPEST)
      below.push(
        ...(await foldersIn(path, false)).map((inner) => ({ path: inner, depth: depth + 1 })),
      );
  }
  return found.sort();
}

/** True where the folder itself, or the one around it, is a link. */
const isLinked = async (path: string): Promise<boolean> =>
  (await Promise.all([path, dirname(path)].map((part) => lstat(part).catch(noneIfMissing)))).some(
    (found) => 'isSymbolicLink' in found && found.isSymbolicLink(),
  );

async function foldersIn(folder: string, follow: boolean): Promise<readonly string[]> {
  const entries = (await entriesIn(folder)).filter(
    ({ name }) => !name.startsWith('.') && name !== 'node_modules',
  );
  const are = await Promise.all(
    entries.map(
      async (entry) =>
        entry.isDirectory() ||
        (follow && entry.isSymbolicLink() && (await isFolder(join(folder, entry.name)))),
    ),
  );
  return entries.filter((_, at) => are[at]).map(({ name }) => join(folder, name));
}

const entriesIn = (folder: string): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch(noneIfMissing);

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => noneIfMissing(error).length > 0,
  );

function noneIfMissing(error: unknown): never[] {
  const code = systemCode(error) ?? '';
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(code)) return [];
  throw error;
}
