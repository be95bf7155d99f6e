import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { SNIFFED_BYTES, sniff } from '../../domain/media-type.ts';
import { type Arriving, pour } from './pour.ts';

/** What was kept: `type` is by its first bytes. */
export interface Kept {
  /** SHA-256, lower-case hex. */
  readonly digest: string;
  readonly bytes: number;
  readonly type: string;
}

/** Files from outside, each content once, in a folder that nobody else reads and no jail shows. */
export interface KeptFiles {
  /**
   * Keeps what arrives; it is on the disk for good once this resolves. Throws what `pour` throws, and
   * what `judge` throws about it; nothing is left of it then.
   */
  keep(arriving: Arriving, judge: (kept: Kept) => void): Promise<Kept>;
  pathOf(digest: string): string;
  /** Removes what nobody names any more, and what an earlier run left half-way. Resolves to how many. */
  sweep(isNamed: (digest: string) => Promise<boolean>, now: number): Promise<number>;
}

/** A content that is kept right now has no row yet: what is younger than this is left alone. */
const SETTLING_MS = 3_600_000;

export function createKeptFiles(root: string): KeptFiles {
  const coming = join(root, 'coming');
  const folderOf = (digest: string): string => join(root, digest.slice(0, 2));
  const pathOf = (digest: string): string => join(folderOf(digest), digest);
  return {
    pathOf,
    keep: async (arriving, judge) => {
      await mkdir(coming, { recursive: true, mode: 0o700 });
      const draft = join(coming, newId());
      try {
        const kept = await write(draft, arriving);
        judge(kept);
        await mkdir(folderOf(kept.digest), { recursive: true, mode: 0o700 });
        // The same bytes take each other's place, and are young again.
        await rename(draft, pathOf(kept.digest));
        for (const folder of [folderOf(kept.digest), root]) await flush(folder);
        return kept;
      } finally {
        await rm(draft, { force: true });
      }
    },
    sweep: async (isNamed, now) => {
      const isOld = async (path: string): Promise<boolean> =>
        now - (await stat(path)).mtimeMs > SETTLING_MS;
      let gone = 0;
      for (const folder of await namesIn(root))
        for (const name of await namesIn(join(root, folder))) {
          const path = join(root, folder, name);
          if (!(await isOld(path)) || (await isNamed(name))) continue;
          await rm(path, { force: true });
          gone += 1;
        }
      return gone;
    },
  };
}

async function write(path: string, arriving: Arriving): Promise<Kept> {
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    const bytes = await pour(arriving, async (part) => {
      hash.update(part);
      await file.appendFile(part);
    });
    await file.sync();
    return { digest: hash.digest('hex'), bytes, type: sniff(await headOf(path)) };
  } finally {
    await file.close();
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    return await firstBytes(file);
  } finally {
    await file.close();
  }
}

/** What `sniff` wants to see of an open file. */
export async function firstBytes(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
