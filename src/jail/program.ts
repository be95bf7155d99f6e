import { createHash } from 'node:crypto';
import { type BigIntStats, readFileSync, realpathSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { AtomError, systemCode } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';
import { holdsReadDenied } from '../domain/protected-names.ts';
import type { PinnedFile } from './bwrap-args.ts';
import { missingProgram } from './missing-program.ts';

/** One file that takes part in running a command. `sha256` is of its content. */
export interface RunningFile {
  readonly path: string;
  readonly real: string;
  readonly sha256: string;
}

/** A program as it will be seen inside the jail, and what its `#!` lines lead to. */
export interface ResolvedProgram extends RunningFile {
  readonly interpreters: readonly RunningFile[];
  /** Files of the jail among these, with the bytes that were hashed. */
  readonly pinned: readonly PinnedFile[];
}

/** Where a program is looked for. Paths are real. */
export interface ProgramPlace {
  /** The jail's folder. */
  readonly folder: string;
  readonly cwd: string;
  /** Folders of the host that the jail shows, unchanged. */
  readonly shown: readonly string[];
  /** Where bare names are looked for, in this order. */
  readonly path: readonly string[];
  readonly readOnly: readonly { readonly host: string; readonly inside: string }[];
  /** The jail's name, for those who are told what it does not have. */
  readonly jail?: string;
}

export interface Programs {
  /** Throws AtomError `not-found` where nothing can be run under that name. */
  resolve(place: ProgramPlace, name: string): Promise<ResolvedProgram>;
}

const MAX_PINNED_BYTES = 64 * 1024 ** 2;
const MAX_CHAIN = 4;

/**
 * Finds programs. Digests and `#!` lines of files outside jails are kept for as long as their stat does not change.
 * `home` is the owner's, where programs may lie that no jail shows: who misses one is told so.
 */
export function createPrograms(home?: string): Programs {
  const known = new Map<string, Known>();
  return {
    resolve: (place, name) => chain({ place, known, home }, name, MAX_CHAIN),
  };
}

/** What is kept of a file: its digest, and what its `#!` line runs. */
interface Known {
  readonly digest: string;
  readonly next: string | undefined;
}

interface Search {
  readonly place: ProgramPlace;
  readonly home: string | undefined;
  readonly known: Map<string, Known>;
}

async function chain(search: Search, name: string, depth: number): Promise<ResolvedProgram> {
  const found = locate(search, name);
  const inJail = isInside(search.place.folder, found.path);
  const pinned = inJail ? [pin(search.place.folder, found.host)] : [];
  const { digest, next } = pinned[0] ? knownOf(pinned[0]) : await knownOfFile(search, found.host);
  const file = { path: found.path, real: found.host, sha256: digest };
  if (next === undefined) return { ...file, interpreters: [], pinned };
  if (depth === 0)
    throw missingProgram({ ...search, name, why: 'its #! lines lead from script to script' });
  const rest = await chain(search, next, depth - 1);
  const { pinned: deeper, interpreters, ...interpreter } = rest;
  return { ...file, interpreters: [interpreter, ...interpreters], pinned: [...pinned, ...deeper] };
}

/** `path` as the jail sees it, `host` where the bytes are. */
function locate({ place, home }: Search, name: string): { path: string; host: string } {
  if (!name.includes('/')) return locateBare({ place, home }, name);
  const path = isAbsolute(name) ? name : resolve(place.cwd, name);
  const lent = lentAt(place, path);
  if (lent !== undefined) return { path, host: lent };
  const host = runnable(path);
  if (host === undefined)
    throw missingProgram({ place, home, name, why: `there is no program at ${path}` });
  if (isInside(place.folder, host)) return { path: host, host };
  if (place.shown.some((dir) => isInside(dir, host))) return { path, host };
  throw missingProgram({ place, home, name, host, why: `looked at ${path}` });
}

/** Where the bytes of a path are that lies in what a jail is lent: one file, or one of a folder. */
function lentAt({ readOnly }: ProgramPlace, path: string): string | undefined {
  const lent = readOnly.find(({ inside }) => isInside(inside, path));
  if (lent === undefined) return undefined;
  if (lent.inside === path) return realFile(lent.host) && lent.host;
  const host = runnable(join(lent.host, relative(lent.inside, path)));
  return host !== undefined && isInside(lent.host, host) ? host : undefined;
}

function locateBare(
  { place, home }: Omit<Search, 'known'>,
  name: string,
): { path: string; host: string } {
  const { path, shown } = place;
  for (const dir of path) {
    const candidate = join(dir, name);
    const host = runnable(candidate);
    if (host !== undefined && shown.some((folder) => isInside(folder, host)))
      return { path: candidate, host };
  }
  throw missingProgram({ place, home, name, why: `looked in ${path.join(', ')}` });
}

/** The real path of an executable file, or undefined. */
function runnable(path: string): string | undefined {
  const real = realFile(path);
  return real !== undefined && (statSync(real).mode & 0o111) !== 0 ? real : undefined;
}

/** The real path of a plain file, or undefined. */
export function realFile(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return statSync(real).isFile() ? real : undefined;
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

/** The bytes of a file of the jail. Throws AtomError `blocked` for a hidden file, and above 64 MB. */
export function pin(folder: string, path: string): PinnedFile {
  // Pinned bytes are shown to the command, so a hidden file must never become one.
  if (holdsReadDenied(relative(folder, path)))
    throw new AtomError(
      'blocked',
      `${path} holds secrets by its name, so nothing in a jail may read it.`,
      { violates: true },
    );
  if (statSync(path).size > MAX_PINNED_BYTES)
    throw new AtomError('blocked', `${path} is too large to be run from a jail (64 MB at most).`);
  return { path, bytes: readFileSync(path) };
}

const knownOf = ({ bytes }: PinnedFile): Known => ({
  digest: sha256(bytes),
  next: shebang(bytes),
});

async function knownOfFile({ known }: Search, path: string): Promise<Known> {
  const key = identity(statSync(path, { bigint: true }));
  const before = known.get(key);
  if (before) return before;
  const now = { digest: await sha256OfFile(path), next: shebang(await firstBytes(path)) };
  known.set(key, now);
  return now;
}

/** The SHA-256 of a file. Through one buffer: a runtime of 100 MB must not leave as much behind in memory. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(256 * 1024);
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

const identity = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(':');

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What a `#!` line runs: for `/usr/bin/env NAME` the name, which decides more than env does. */
function shebang(bytes: Buffer): string | undefined {
  const line = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(bytes.subarray(0, 256).toString('latin1'));
  if (!line?.[1]) return undefined;
  const viaEnv = base(line[1]) === 'env' && line[2] !== undefined && !line[2].startsWith('-');
  return viaEnv ? line[2] : line[1];
}

/** The last part of a path. */
export const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
