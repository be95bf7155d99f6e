import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { BridgeError } from '../errors.ts';

/** Folders that this process holds: its own number in a lock proves nothing, a container's is always 1. */
const held = new Set<string>();

/**
 * Makes this process the only one that writes in a folder, until the returned function is called or the
 * process is gone. Throws BridgeError `already-running` where another holds it.
 */
export function holdFolder(folder: string): () => void {
  const lock = join(resolve(folder), 'lock');
  const mine = `${lock}.${newId()}`;
  writeFileSync(mine, String(process.pid), { mode: 0o600 });
  try {
    if (!linked(mine, lock)) {
      removeDead(lock);
      if (!linked(mine, lock)) throw taken(folder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) rmSync(lock, { force: true });
  };
}

/** A link is made whole or not at all, and never over something that is there. */
function linked(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away the lock of a process that is gone. Of two that try at once, one gets it and puts it back. */
function removeDead(lock: string): void {
  const holder = holderOf(lock);
  if (holder === undefined || isAlive(Number(holder), lock)) return;
  const aside = `${lock}.${newId()}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  // Somebody else may have taken it in between: then it is not dead, and goes back.
  if (holderOf(aside) !== holder) linked(aside, lock);
  rmSync(aside, { force: true });
}

/** The number of the process that holds a lock, as it is written there. */
function holderOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number, lock: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(lock);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

const taken = (folder: string): BridgeError =>
  new BridgeError('already-running', `Another program uses the queue in ${folder}.`, {
    next: ['Give each program a folder of its own: ATOM_BRIDGE_QUEUE_DIR'],
  });
