import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../base/digest.ts';
import type { Place } from './place.ts';

/** A run that may have left something, and what there was before it. */
export interface Pending extends Place {
  /** When it was noted, as the change times of files count it, in milliseconds. */
  readonly since: number;
  readonly known: readonly string[];
}

/** Notes about runs that are under way, one a jail: what a crash leaves is looked at afterwards. */
export interface PendingNotes {
  has(folder: string): boolean;
  read(folder: string): Pending | undefined;
  /** Is on the disk when it returns. Throws system errors. */
  write(noted: Omit<Pending, 'since'>): Pending;
  remove(folder: string): void;
  all(): readonly Pending[];
}

const shape = z.object({
  jail: z.string(),
  folder: z.string(),
  folderId: z.string(),
  run: z.string().optional(),
  unprotected: z.array(z.string()),
  known: z.array(z.string()),
});

export function openPending(root: string): PendingNotes {
  const fileOf = (folder: string): string => join(root, `${sha256(folder).slice(0, 24)}.json`);
  return {
    has: (folder) => existsSync(fileOf(folder)),
    read: (folder) => readNote(fileOf(folder)),
    write: (noted) => {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      const fd = openSync(fileOf(noted.folder), 'w', 0o600);
      try {
        writeFileSync(fd, JSON.stringify(noted));
        fsyncSync(fd);
        return { ...noted, since: fstatSync(fd).ctimeMs };
      } finally {
        closeSync(fd);
      }
    },
    remove: (folder) => rmSync(fileOf(folder), { force: true }),
    all: () =>
      (existsSync(root) ? readdirSync(root) : []).flatMap(
        (name) => readNote(join(root, name)) ?? [],
      ),
  };
}

/** A note that is cut off was never finished, so what it was for never began. */
function readNote(file: string): Pending | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const parsed = shape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    const since = statSync(file).ctimeMs;
    return parsed.success ? ({ ...parsed.data, since } as Pending) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
