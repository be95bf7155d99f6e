import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { digestOfFile } from '../../store/backup.ts';

/** What a backup holds. Keys and other secrets are never in one. */
const manifest = z.strictObject({
  version: z.literal(1),
  profile: z.string(),
  atom: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  /** SHA-256 of each file, as hex. */
  files: z.record(z.string().regex(/^[a-z.]+$/), z.string().regex(/^[0-9a-f]{64}$/)),
  /** The record: how many entries, and the digest of the last. */
  record: z.strictObject({ entries: z.number(), head: z.string() }),
  /** Files that came with messages, each named by its SHA-256. */
  received: z
    .strictObject({ files: z.number(), bytes: z.number(), missing: z.number() })
    .default({ files: 0, bytes: 0, missing: 0 }),
  /** SHA-256 of each note of what agents remember, by its path. */
  memory: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).default({}),
});

export type Manifest = z.output<typeof manifest>;

export const MANIFEST = 'manifest.json';
export const DATABASE = 'atom.db';
export const CONFIG = 'config.json';

/** Reads what a backup says it holds. Throws AtomError `not-found` or `failed`. */
export function readManifest(folder: string): Manifest {
  const read = (): unknown => {
    try {
      return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
    } catch (error) {
      if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
      return undefined;
    }
  };
  const found = manifest.safeParse(read());
  if (found.success) return found.data;
  throw new AtomError(
    existsSync(folder) ? 'failed' : 'not-found',
    `${visible(folder)} is not a backup of atom.`,
    { next: ['See which there are:   atom backup list'] },
  );
}

/** Throws AtomError `failed` where a file of a backup is missing or another than it was. */
export async function checkFiles(folder: string, { files }: Manifest): Promise<void> {
  for (const [name, digest] of Object.entries(files)) {
    const path = join(folder, name);
    if (existsSync(path) && (await digestOfFile(path)) === digest) continue;
    throw new AtomError('failed', `${visible(path)} is not what was backed up.`, {
      next: ['Use another backup:   atom backup list'],
    });
  }
}

/** The backups of a folder, the newest first, with those that cannot be read left out. */
export function backupsIn(
  folder: string,
): readonly { readonly path: string; readonly manifest: Manifest }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, MANIFEST)))
    .map((path) => ({ path, manifest: readManifest(path) }))
    .toSorted((a, b) => b.manifest.at - a.manifest.at);
}
