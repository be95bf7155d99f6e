import { lstat, opendir, readlink, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { digestOf, sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { isInside } from '../../domain/jail-choice.ts';
import type { SkillFile } from '../../domain/skill-trust.ts';
import { readPlain } from '../read-plain.ts';

/** All that a skill's folder holds, dependencies included. */
export interface SkillSources {
  /** In the order of their paths. */
  readonly files: readonly SkillFile[];
  readonly digest: string;
}

/** Reading more at every start would take longer than anybody waits. */
export const MOST_FILES = 5000;
export const MOST_BYTES = 32 * 1024 ** 2;

/**
 * Reads the whole folder of a skill. Throws AtomError `usage` where it holds too much, a link that leads
 * out of it, or what is neither file, folder nor link.
 */
export async function readSources(folder: string): Promise<SkillSources> {
  const root = await realpath(folder);
  const paths = await pathsIn(root);
  const files: SkillFile[] = [];
  let bytes = 0;
  for (const path of paths) {
    const file = await readOne(root, path, MOST_BYTES - bytes);
    bytes += file.bytes;
    files.push(file);
  }
  return { files, digest: digestOf(files.map((file) => ({ ...file }))) };
}

/** Everything in it but folders, in order; counted on the way, so that no more is held than is allowed. */
async function pathsIn(root: string): Promise<readonly string[]> {
  const paths: string[] = [];
  const folders = [root];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for await (const entry of await opendir(folder)) {
      if (++seen > MOST_FILES) throw tooMuch(`more than ${MOST_FILES} files and folders`);
      (entry.isDirectory() ? folders : paths).push(join(folder, entry.name));
    }
  return paths.sort();
}

async function readOne(root: string, path: string, room: number): Promise<SkillFile> {
  const name = relative(root, path);
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return linkAt(root, path);
  if (!stats.isFile()) throw noFile(name);
  const content = await contentOf(root, name, room);
  return { path: name, digest: sha256(content), bytes: content.length };
}

async function contentOf(root: string, name: string, room: number): Promise<Buffer> {
  const { stats, bytes } = await readPlain({ root, path: name }, room);
  if (!stats.isFile()) throw noFile(name);
  if (!bytes) throw tooMuch(`more than ${MOST_BYTES / 1024 ** 2} MiB`);
  return bytes;
}

const noFile = (name: string): AtomError =>
  new AtomError('usage', `${visible(name)} is neither a file nor a folder.`, {
    next: ['Take it out of the skill’s folder.'],
  });

async function linkAt(root: string, path: string): Promise<SkillFile> {
  const target = await realpath(path).catch(() => undefined);
  const name = relative(root, path);
  if (target === undefined || !isInside(root, target))
    throw new AtomError(
      'usage',
      `${visible(name)} is a link that leads out of the skill’s folder.`,
      {
        next: ['Put a copy of what it leads to in its place.'],
      },
    );
  return { path: name, digest: sha256(`link to ${await readlink(path)}`), bytes: 0 };
}

const tooMuch = (what: string): AtomError =>
  new AtomError('usage', `The skill’s folder holds ${what}.`, {
    next: ['Take out what it does not need, such as packages that only development needs.'],
  });
