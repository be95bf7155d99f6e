import {
  closeSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { systemCode } from '../base/errors.ts';

/** O_CLOEXEC of asm-generic/fcntl.h. */
const CLOSE_ON_EXEC = 0o2000000;
/** A file that a thread of Node's own reads is closed by then. */
const OWN_MS = 200;

/** What is not closed. */
export interface Kept {
  readonly descriptors?: readonly number[];
  /** Files that Node reads in a thread of its own while it starts: one that it lost would end the process. */
  readonly files?: readonly string[];
}

/**
 * Closes every inherited descriptor above 2 that a child would get too, but those to keep. Called once when
 * the gateway starts, before it starts anything. Resolves to what it closed; to nothing outside Linux.
 */
export async function closeInherited(kept: Kept = {}): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const found = [...inherited(kept)];
  const files = found.filter(([fd]) => isFile(fd));
  const closed = found.filter((one) => !files.includes(one)).map(([fd]) => fd);
  closed.forEach(closeIfOpen);
  if (files.length === 0) return closed;
  await pause(OWN_MS);
  const still = inherited(kept);
  const stayed = files.flatMap(([fd, file]) => (still.get(fd) === file ? [fd] : []));
  stayed.forEach(closeIfOpen);
  return [...closed, ...stayed];
}

/** Threads of Node's own read files, and nothing else that a child would get. */
const isFile = (fd: number): boolean =>
  statSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false })?.isFile() ?? true;

/** What each of them is open on, by its number. */
function inherited({ descriptors = [], files = [] }: Kept): ReadonlyMap<number, string> {
  const own = new Set(files.map(realPath));
  const all = readdirSync('/proc/self/fd').map(Number);
  return new Map(
    all
      .filter((fd) => fd > 2 && !descriptors.includes(fd))
      .map((fd) => [fd, fileOf(fd)] as const)
      .filter((one): one is readonly [number, string] => one[1] !== undefined && !own.has(one[1])),
  );
}

function closeIfOpen(fd: number): void {
  try {
    closeSync(fd);
  } catch (error) {
    // A thread of Node's or V8's own had it, and is done with it.
    if (systemCode(error) !== 'EBADF') throw error;
  }
}

/** What a descriptor is open on; undefined where no child would get it. */
function fileOf(fd: number): string | undefined {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
    const isPassedOn = flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
    return isPassedOn ? readlinkSync(`/proc/self/fd/${fd}`) : undefined;
  } catch (error) {
    // The descriptor that listed the folder is gone by now.
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
