import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { namesIn } from '../config/names-in.ts';
import type { OutboundMedia } from '../domain/message.ts';

/** Files on their way out: each alone in a folder that nobody else reads. */
export interface Media {
  /** Keeps a PNG until `discard`, and never longer than `ttlMs`. */
  keep(png: Uint8Array, ttlMs: number): Promise<OutboundMedia>;
  /** A new empty folder for one file, which `discard` removes with it. */
  folder(): Promise<string>;
  /** Removes one; one that is gone already is no trouble. */
  discard(media: OutboundMedia): Promise<void>;
  /** Removes what an earlier run of the gateway left, but for the files that are still to be sent. */
  sweep(waiting: readonly string[]): Promise<void>;
}

/** In folders below `root`, which lies outside of every jail. */
export function createMedia(root: string): Media {
  const discard: Media['discard'] = async ({ path }) => {
    const folder = dirname(resolve(path));
    // Only what was kept here: a path from the store may have been written by anybody who writes there.
    if (dirname(folder) === resolve(root)) await rm(folder, { recursive: true, force: true });
  };
  const folder = async (): Promise<string> => {
    await mkdir(root, { recursive: true, mode: 0o700 });
    // mkdtemp makes folders that only their owner may enter.
    return mkdtemp(join(root, 'p-'));
  };
  return {
    discard,
    folder,
    keep: async (png, ttlMs) => {
      const path = join(await folder(), 'code.png');
      await writeFile(path, png, { mode: 0o600 });
      const media: OutboundMedia = { kind: 'image', path };
      setTimeout(() => void discard(media).catch(() => undefined), ttlMs).unref();
      return media;
    },
    sweep: async (waiting) => {
      const kept = new Set(waiting.map((path) => dirname(resolve(path))));
      for (const name of await namesIn(root)) {
        const path = join(resolve(root), name);
        if (!kept.has(path)) await rm(path, { recursive: true, force: true });
      }
    },
  };
}
