import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { createKeptFile, type KeptFile } from './kept-file.ts';

/** The folder in which the output of commands is kept, for their owner and outside every jail. */
export interface OutputFolder {
  /** A file for what a run prints. */
  open(run: string): KeptFile;
  /** Removes what is too old and, of the rest, the oldest until it fits. `now`: milliseconds since 1970. */
  prune(now: number): void;
}

/** What all files together may take, and how long one stays. */
export const KEPT = { bytes: 1_000_000_000, days: 30 };
const DAY_MS = 86_400_000;
const SUFFIX = '.log';
/** Ids of runs hold what a model wrote; anything else than this becomes a digest. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,150}$/;

/** The file of a run's output. */
export const outputFile = (folder: string, run: string): string =>
  join(folder, `${PLAIN.test(run) ? run : sha256(run)}${SUFFIX}`);

/** `folder` must be there. Files under way are never removed for being too much, only for their age. */
export function createOutputFolder(folder: string, limits = KEPT): OutputFolder {
  const open = new Set<string>();
  let total = 0;
  const prune = (now: number): void => {
    const files = filesIn(folder).sort((a, b) => b.at - a.at);
    total = 0;
    for (const { path, at, bytes } of files) {
      const tooOld = now - at > limits.days * DAY_MS;
      const tooMuch = total + bytes > limits.bytes;
      if (!open.has(path) && (tooOld || tooMuch)) rmSync(path, { force: true });
      else total += bytes;
    }
  };
  return {
    prune,
    open: (run) => {
      const path = outputFile(folder, run);
      const file = createKeptFile(path);
      return {
        ...file,
        write: (bytes) => {
          open.add(path);
          return file.write(bytes);
        },
        end: async () => {
          const kept = await file.end();
          open.delete(path);
          total += kept.bytes;
          if (total > limits.bytes) prune(0);
          return kept;
        },
      };
    },
  };
}

function filesIn(folder: string) {
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  return names.flatMap((name) => {
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found?.isFile() ? [{ path, at: found.mtimeMs, bytes: found.size }] : [];
  });
}
