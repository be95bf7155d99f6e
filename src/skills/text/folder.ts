import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { digestOf, sha256 } from '../../base/digest.ts';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { readPlain } from '../read-plain.ts';

/** One file of a skill's folder; `path` is relative to it, with `/`. */
export interface SkillFile {
  readonly path: string;
  readonly bytes: Buffer;
  /** SHA-256 of them. */
  readonly digest: string;
  readonly executable: boolean;
}

/** A folder as it was read, all at once: what is approved, shown and run are these bytes. */
export interface SkillFolder {
  readonly files: readonly SkillFile[];
  /** SHA-256 over the names, the bytes and the executable bits. */
  readonly digest: string;
  /** Links in it, which are no part of the skill. */
  readonly links: readonly string[];
}

/** How many bytes may still be read of several folders together; counts down. */
export interface ReadBudget {
  left: number;
}

const MOST_FILES = 500;
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * Reads a whole skill folder. Links are left out, and so is `.git`. Throws AtomError `usage` for one that is
 * too large, also for what is left of `budget`, or holds what is no file, `not-found` where it is gone.
 */
export async function readFolder(
  folder: string,
  budget: ReadBudget = { left: Number.POSITIVE_INFINITY },
): Promise<SkillFolder> {
  const root = await realpath(folder).catch(gone(folder));
  const entries = await entriesOf(root);
  const files: SkillFile[] = [];
  let bytes = 0;
  for (const path of entries.files) {
    const file = await readOne(root, path, budget);
    bytes += file.bytes.length;
    if (bytes > MOST_BYTES) throw tooLarge(folder, `${MOST_BYTES / 1024 ** 2} MB`);
    files.push(file);
  }
  const digest = digestOf(files.map((file) => [file.path, file.digest, file.executable]));
  return { files, digest, links: entries.links };
}

interface Names {
  readonly files: readonly string[];
  readonly links: readonly string[];
}

/** Names in an order that is the same on every machine. */
async function entriesOf(root: string): Promise<Names> {
  const files: string[] = [];
  const links: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const name = relative(root, path);
      if (name !== '.git')
        listFor(entry, name, { files, links, folders }).push(entry.isDirectory() ? path : name);
    }
    if (files.length + folders.length + links.length > MOST_FILES)
      throw tooLarge(root, `${MOST_FILES} files`);
  }
  return { files: files.sort(), links: links.sort() };
}

type Lists = { readonly [K in 'files' | 'links' | 'folders']: string[] };

function listFor(entry: Dirent, name: string, { files, links, folders }: Lists): string[] {
  if (entry.isSymbolicLink()) return links;
  if (entry.isDirectory()) return folders;
  if (entry.isFile()) return files;
  throw new AtomError('usage', `${visible(name)} is no file, so it cannot be part of a skill.`);
}

async function readOne(root: string, path: string, budget: ReadBudget): Promise<SkillFile> {
  const { stats, bytes } = await readPlain({ root, path }, MOST_BYTES);
  if (!bytes) throw tooLarge(root, `${MOST_BYTES / 1024 ** 2} MB`);
  budget.left -= bytes.length;
  if (budget.left < 0) throw usedUp(root);
  return { path, bytes, digest: sha256(bytes), executable: (stats.mode & 0o111) !== 0 };
}

const tooLarge = (folder: string, most: string): AtomError =>
  new AtomError('usage', `${visible(folder)} is too large for a skill: at most ${most}.`, {
    next: ['Take out of it what the skill does not need, such as installed packages.'],
  });

const usedUp = (folder: string): AtomError =>
  new AtomError('usage', `${visible(folder)} is not read: the skills beside it are too large.`, {
    next: ['Take out of them what they do not need, and skills that nobody uses.'],
  });

const gone =
  (folder: string) =>
  (error: unknown): never => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new AtomError('not-found', `There is no folder ${visible(folder)}.`, { cause: error });
  };
