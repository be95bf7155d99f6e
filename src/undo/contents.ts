import { closeSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Sql, Store } from '../domain/store.ts';
import {
  allContents,
  allPacks,
  contentOf,
  forgetPack,
  insertPack,
} from '../store/tables/undo-contents.ts';
import type { Chunks } from './chunks.ts';
import { createPack, type PackWriter, spotChunks } from './pack.ts';

/** Contents by their SHA-256, outside every jail. Nothing leaves it but to be put back. */
export interface Contents {
  has(sha: string): boolean;
  /**
   * Keeps what `work` adds to a pack, together with what `note` writes: both or neither. Returns what
   * `work` did.
   */
  keep<T>(
    work: (pack: PackWriter) => Promise<T>,
    note: (sql: Sql, made: T) => Promise<void>,
  ): Promise<T>;
  /** Hands out a content. Throws AtomError `failed` where it is not there any more. */
  read<T>(sha: string, work: (chunks: Chunks) => Promise<T>): Promise<T>;
  /** Learns anew what there is, after packs were removed. */
  reload(): Promise<void>;
  pathOf(pack: string): string;
}

/**
 * Opens the store of contents. Packs that nothing on record mentions are from a crash, and go; what lay
 * in one that is gone or cut off is no longer counted on.
 */
export async function openContents(store: Store, folder: string): Promise<Contents> {
  const pathOf = (pack: string): string => join(folder, `${pack}.pack`);
  const known = new Set<string>();
  const reload = async (): Promise<void> => {
    known.clear();
    for (const { sha } of await allContents(store)) known.add(sha);
  };
  const packs = await allPacks(store);
  for (const { id, bytes } of packs)
    if (sizeOf(pathOf(id)) !== bytes) await store.tx((sql) => forgetPack(sql, id));
  removeStray(folder, new Set(packs.map(({ id }) => `${id}.pack`)));
  await reload();
  return {
    pathOf,
    reload,
    has: (sha) => known.has(sha),
    keep: async (work, note) => {
      const id = newId();
      const pack = createPack(pathOf(id));
      const made = await orDrop(pack, work);
      const bytes = pack.spots.length === 0 ? undefined : await pack.seal();
      if (bytes === undefined) pack.drop();
      await store.tx(async (sql) => {
        if (bytes !== undefined) await insertPack(sql, { id, bytes }, pack.spots);
        await note(sql, made);
      });
      for (const { sha } of pack.spots) known.add(sha);
      return made;
    },
    read: async (sha, work) => {
      const row = await contentOf(store, sha);
      if (!row) throw new AtomError('failed', 'A copy that undo kept is not there any more.');
      const fd = openSync(pathOf(row.pack), 'r');
      try {
        return await work(spotChunks(fd, row));
      } finally {
        closeSync(fd);
      }
    },
  };
}

async function orDrop<T>(pack: PackWriter, work: (pack: PackWriter) => Promise<T>): Promise<T> {
  try {
    return await work(pack);
  } catch (error) {
    pack.drop();
    throw error;
  }
}

const sizeOf = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.size;

function removeStray(folder: string, known: ReadonlySet<string>): void {
  for (const name of readdirSync(folder))
    if (name.endsWith('.pack') && !known.has(name)) rmSync(join(folder, name));
}
