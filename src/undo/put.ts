import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { AtomError, systemCode } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Chunks } from './chunks.ts';
import type { FileEntry, LinkEntry } from './entry.ts';
import { inside, type OpenFolder, openIn } from './open-folder.ts';

/**
 * Puts a file into an open folder at once: written beside, renamed over what is there. Nothing is
 * written through a link. Throws AtomError `failed` where the content is not what it was.
 */
export function putFile(
  folder: OpenFolder,
  { name, entry }: { readonly name: string; readonly entry: FileEntry },
  chunks: Chunks,
): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const beside = inside(folder, `.${newId()}.new`);
  const fd = openSync(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    try {
      writeContent(fd, entry, chunks);
      fchmodSync(fd, entry.mode);
      futimesSync(fd, entry.mtime / 1000, entry.mtime / 1000);
    } finally {
      closeSync(fd);
    }
    renameSync(beside, inside(folder, name));
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Puts a link into an open folder, over what is there. */
export function putLink(folder: OpenFolder, name: string, { target, mtime }: LinkEntry): void {
  const beside = inside(folder, `.${newId()}.new`);
  symlinkSync(Buffer.from(target, 'latin1'), beside);
  try {
    lutimesSync(beside, mtime / 1000, mtime / 1000);
    renameSync(beside, inside(folder, name));
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Makes a folder that only we may enter until its own permissions are set; one that is there will do. */
export function putFolder(folder: OpenFolder, name: string): void {
  try {
    mkdirSync(inside(folder, name), { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    closeSync(openIn(folder, name).fd);
  }
}

/** The content is what its name says, or nothing comes of it. */
function writeContent(fd: number, { sha }: FileEntry, chunks: Chunks): void {
  const hash = createHash('sha256');
  for (let chunk = chunks(); chunk !== undefined; chunk = chunks()) {
    hash.update(chunk);
    for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done);
  }
  if (hash.digest('hex') !== sha)
    throw new AtomError('failed', 'The copy that undo kept of it is damaged.');
}
