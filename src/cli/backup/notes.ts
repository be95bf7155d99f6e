import { constants, existsSync, renameSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { memoryOf } from '../../config/paths.ts';
import { digestOfFile } from '../../store/backup.ts';

/** The files of what agents remember, by their path below its folder, with their SHA-256. */
export type NoteFiles = Readonly<Record<string, string>>;

type Profile = Parameters<typeof memoryOf>[0];

const notesIn = (folder: string): string => join(folder, 'memory');

/** Copies every note to a backup, also those that can still be brought back. */
export async function backUpNotes(paths: Profile, folder: string): Promise<NoteFiles> {
  await copyAll(memoryOf(paths), notesIn(folder));
  return digestsIn(notesIn(folder));
}

/**
 * Puts the notes of a backup in the place of those that are there, which are moved aside. Where it holds none,
 * as one of an older atom does, they stay.
 */
export async function putBackNotes(paths: Profile, folder: string): Promise<void> {
  const root = memoryOf(paths);
  if ((await filesBelow(notesIn(folder))).length === 0) return;
  if (existsSync(root)) renameSync(root, `${root}.aside-${systemClock.now()}`);
  await copyAll(notesIn(folder), root);
}

/** Throws AtomError `failed` where the notes of a backup are not those that it was made with. */
export async function checkNotes(folder: string, expected: NoteFiles): Promise<void> {
  const found = await digestsIn(notesIn(folder));
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  for (const name of names)
    if (found[name] !== expected[name])
      throw new AtomError(
        'failed',
        `${visible(join(notesIn(folder), name))} is not what was backed up.`,
        { next: ['Use another backup:   atom backup list'] },
      );
}

async function copyAll(from: string, to: string): Promise<void> {
  for (const name of await filesBelow(from)) {
    const target = join(to, name);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(join(from, name), target, constants.COPYFILE_FICLONE);
  }
}

async function digestsIn(root: string): Promise<NoteFiles> {
  const digests: Record<string, string> = {};
  for (const name of await filesBelow(root)) digests[name] = await digestOfFile(join(root, name));
  return digests;
}

/** Plain files only: a link is not followed. */
async function filesBelow(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .toSorted();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
