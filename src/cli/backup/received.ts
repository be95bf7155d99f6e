import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { receivedOf } from '../../config/paths.ts';
import { createKeptFiles } from '../../files/received/kept-files.ts';
import { digestOfFile } from '../../store/backup.ts';

/** Files that came with messages, each named by its SHA-256, as they lie in the profile and in a backup. */
export interface ReceivedFiles {
  readonly files: number;
  readonly bytes: number;
  /** Those that the database names and that are not there, or not what they were. */
  readonly missing: number;
}

type Profile = Parameters<typeof receivedOf>[0];

/** Copies the files of these digests to a backup. */
export const backUpReceived = (
  digests: readonly string[],
  paths: Profile,
  folder: string,
): Promise<ReceivedFiles> => copyAll(digests, receivedOf(paths), receivedIn(folder));

/** Puts the files of these digests back from a backup, beside those that are there. */
export const putBackReceived = (
  digests: readonly string[],
  paths: Profile,
  folder: string,
): Promise<ReceivedFiles> => copyAll(digests, receivedIn(folder), receivedOf(paths));

const receivedIn = (folder: string): string => join(folder, 'received');

/** Each is checked once it is there. */
async function copyAll(
  digests: readonly string[],
  from: string,
  to: string,
): Promise<ReceivedFiles> {
  const [source, target] = [createKeptFiles(from).pathOf, createKeptFiles(to).pathOf];
  const all = { files: 0, bytes: 0, missing: 0 };
  for (const digest of digests) {
    const bytes = await copyOne(source(digest), target(digest), digest);
    if (bytes === undefined) all.missing += 1;
    else all.files += 1;
    all.bytes += bytes ?? 0;
  }
  return all;
}

/** Resolves to its size; undefined where it is not there, or not what its name says. */
async function copyOne(from: string, to: string, digest: string): Promise<number | undefined> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const draft = `${to}.draft`;
  try {
    // Shared with the other copy where the disk can do that, until one of them is written to.
    await copyFile(from, draft, constants.COPYFILE_FICLONE);
    if ((await digestOfFile(draft)) !== digest) return undefined;
    await flush(draft);
    await rename(draft, to);
    return (await stat(to)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The digests of the files in a backup. Throws AtomError `failed` where they are not those that it was made with. */
export async function checkReceived(
  folder: string,
  { files }: Pick<ReceivedFiles, 'files'>,
): Promise<readonly string[]> {
  const root = receivedIn(folder);
  const names = await namesBelow(root);
  const { pathOf } = createKeptFiles(root);
  for (const name of names) {
    const isWhole = DIGEST.test(name) && (await digestOfFile(pathOf(name))) === name;
    if (!isWhole) throw notWhole(join(root, name));
  }
  if (names.length !== files) throw notWhole(root);
  return names;
}

const DIGEST = /^[0-9a-f]{64}$/;

async function namesBelow(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

const notWhole = (path: string): AtomError =>
  new AtomError('failed', `${visible(path)} is not what was backed up.`, {
    next: ['Use another backup:   atom backup list'],
  });
