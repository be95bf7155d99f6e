import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { systemCode } from '../base/errors.ts';

/** O_CLOEXEC of asm-generic/fcntl.h. */
const CLOSE_ON_EXEC = 0o2000000;

/**
 * Closes every inherited descriptor above 2 that a child would get too, but those to keep. Called once
 * when the gateway starts, before it opens anything. Returns what it closed; nothing outside Linux.
 */
export function closeInherited(keep: readonly number[] = []): readonly number[] {
  if (process.platform !== 'linux') return [];
  const inherited = readdirSync('/proc/self/fd')
    .map(Number)
    .filter((fd) => fd > 2 && !keep.includes(fd) && isInherited(fd));
  for (const fd of inherited) closeIfOpen(fd);
  return inherited;
}

function closeIfOpen(fd: number): void {
  try {
    closeSync(fd);
  } catch (error) {
    // A thread of Node's or V8's own had it, and is done with it.
    if (systemCode(error) !== 'EBADF') throw error;
  }
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch (error) {
    // The descriptor that listed the folder is gone by now.
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
