import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { OutboundMedia } from '../domain/message.ts';

/** Pictures on their way out: each alone in a folder that nobody else reads. */
export interface Media {
  /** Keeps a PNG until `discard`, and never longer than `ttlMs`. */
  keep(png: Uint8Array, ttlMs: number): Promise<OutboundMedia>;
  /** Removes one; one that is gone already is no trouble. */
  discard(media: OutboundMedia): Promise<void>;
  /** Removes what an earlier run of the gateway left. */
  sweep(): Promise<void>;
}

/** In folders below `root`, which lies outside of every jail. */
export function createMedia(root: string): Media {
  const discard: Media['discard'] = async ({ path }) => {
    const folder = dirname(resolve(path));
    // Only what was kept here: a path from the store may have been written by anybody who writes there.
    if (dirname(folder) === resolve(root)) await rm(folder, { recursive: true, force: true });
  };
  return {
    discard,
    keep: async (png, ttlMs) => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      // mkdtemp makes folders that only their owner may enter.
      const path = join(await mkdtemp(join(root, 'p-')), 'code.png');
      await writeFile(path, png, { mode: 0o600 });
      const media: OutboundMedia = { kind: 'image', path };
      setTimeout(() => void discard(media).catch(() => undefined), ttlMs).unref();
      return media;
    },
    sweep: () => rm(root, { recursive: true, force: true }),
  };
}
