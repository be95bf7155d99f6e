import { readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { systemCode } from '../base/errors.ts';
import type { JailLimits } from '../domain/jail.ts';

export interface Watched {
  /** The outermost process of the jail; everything in the jail stays below it. */
  readonly pid: number;
  readonly limits: JailLimits;
  /** A folder on the disk to watch, where the command may write. */
  readonly folder: string | undefined;
}

export type Breach = 'memory' | 'processes' | 'disk';

/** Four runaway allocators are caught a tenth above the limit at this pace; a look costs 0.4 ms. */
const EVERY_MS = 50;
/** bwrap, its init and prlimit are ours, not the command's. */
const OWN_PROCESSES = 3;
/** Others fill the same disk, so this is generous: it stops a flood, not a large file. */
const DISK_FACTOR = 4;
/** A large `npm ci` makes a hundred thousand files; a disk has room for some millions. */
const MOST_FILES = 250_000;
/** What a jail's own folders in memory may hold together: /tmp, the home and /dev/shm. */
const SCRATCH_BYTES = 576 * 1024 ** 2;
const PAGE_BYTES = 4096;

/**
 * Watches what kernel limits do not: the memory of all processes together, their number where the
 * user is root, and the disk with its room for files. Calls `onBreach` once, and with `disk` where it can no longer see, such
 * as when the folder was moved away. Never throws. Returns the function that stops it. Linux only.
 */
export function watch(watched: Watched, onBreach: (breach: Breach) => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  // Where memory runs out all the same, the kernel should take the command and not the gateway.
  tolerant(undefined, () => writeFileSync(`/proc/${watched.pid}/oom_score_adj`, '800'));
  const atStart = unlessBlind(() => roomIn(watched.folder));
  if (atStart === BLIND) {
    onBreach('disk');
    return () => undefined;
  }
  const timer = setInterval(() => {
    const found = unlessBlind(() => look(watched, atStart));
    if (found === undefined) return;
    clearInterval(timer);
    onBreach(found === BLIND ? 'disk' : found);
  }, EVERY_MS);
  return () => clearInterval(timer);
}

const BLIND = Symbol('the folder or the process cannot be looked at');

/** A command that cannot be watched is not left running, whatever the reason. */
function unlessBlind<T>(see: () => T): T | typeof BLIND {
  try {
    return see();
  } catch {
    return BLIND;
  }
}

function look({ pid, limits, folder }: Watched, atStart: Room): Breach | undefined {
  const most = limits.processes + OWN_PROCESSES;
  const pids = family(pid, most);
  if (pids.length > most) return 'processes';
  const bytes = pids.reduce((sum, each) => sum + residentBytes(each), 0);
  if (bytes > limits.memoryBytes) return 'memory';
  const now = roomIn(folder);
  // Memory that no process maps belongs to none: files in memory, segments that were left behind.
  if (now.sharedBytes - atStart.sharedBytes > limits.memoryBytes + SCRATCH_BYTES) return 'memory';
  if (atStart.bytes - now.bytes > DISK_FACTOR * limits.fileBytes) return 'disk';
  return atStart.files - now.files > MOST_FILES ? 'disk' : undefined;
}

/** A process and its descendants; stops looking once there are more than `most`. */
export function family(pid: number, most: number): number[] {
  const found = [pid];
  for (let i = 0; i < found.length && found.length <= most; i++)
    found.push(...children(found[i] ?? pid));
  return found;
}

function children(pid: number): number[] {
  return tolerant([], () =>
    readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      tolerant([], () =>
        readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
          .split(' ')
          .filter(Boolean)
          .map(Number),
      ),
    ),
  );
}

const residentBytes = (pid: number): number =>
  tolerant(0, () => {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * PAGE_BYTES;
  });

/** What is left of a disk, where file systems without a fixed number of files say 0, and the shared memory of this machine. */
interface Room {
  readonly bytes: number;
  readonly files: number;
  readonly sharedBytes: number;
}

function roomIn(folder: string | undefined): Room {
  const [, shared = '0'] = /^Shmem:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
  const sharedBytes = Number(shared) * 1024;
  if (folder === undefined) return { bytes: 0, files: 0, sharedBytes };
  const { bavail, bsize, ffree } = statfsSync(folder);
  return { bytes: bavail * bsize, files: ffree, sharedBytes };
}

/** Processes end while they are looked at; then there is nothing to see. */
function tolerant<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return otherwise;
  }
}
