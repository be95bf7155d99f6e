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
const PAGE_BYTES = 4096;

/**
 * Watches what kernel limits do not: the memory of all processes together, their number where the
 * user is root, and the disk. Calls `onBreach` once, and with `disk` where it can no longer see, such
 * as when the folder was moved away. Never throws. Returns the function that stops it. Linux only.
 */
export function watch(watched: Watched, onBreach: (breach: Breach) => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  // Where memory runs out all the same, the kernel should take the command and not the gateway.
  tolerant(undefined, () => writeFileSync(`/proc/${watched.pid}/oom_score_adj`, '800'));
  const freeAtStart = unlessBlind(() => freeBytes(watched.folder));
  if (freeAtStart === BLIND) {
    onBreach('disk');
    return () => undefined;
  }
  const timer = setInterval(() => {
    const found = unlessBlind(() => look(watched, freeAtStart));
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

function look({ pid, limits, folder }: Watched, freeAtStart: number): Breach | undefined {
  const most = limits.processes + OWN_PROCESSES;
  const pids = family(pid, most);
  if (pids.length > most) return 'processes';
  const bytes = pids.reduce((sum, each) => sum + residentBytes(each), 0);
  if (bytes > limits.memoryBytes) return 'memory';
  if (freeAtStart - freeBytes(folder) > DISK_FACTOR * limits.fileBytes) return 'disk';
  return undefined;
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

function freeBytes(folder: string | undefined): number {
  if (folder === undefined) return 0;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
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
