import { readFileSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { AtomError, systemCode } from '../../base/errors.ts';

const MOST_TRIES = 2500;
const PAUSE_MS = 2;
/** Most are gone within a millisecond or two, which is less than a timer takes. */
const AT_ONCE = 100;

/**
 * Waits until nothing of a jail is alive. bubblewrap ends with its program; what that left in the
 * background is killed together with the jail's first process, a moment later. `pid` is that process's,
 * where there was one. Throws AtomError `unavailable` after five seconds.
 */
export async function allGone(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (isGone(pid)) return;
    await (tries < AT_ONCE ? setImmediate() : setTimeout(PAUSE_MS));
  }
  throw new AtomError('unavailable', 'Something that was started in the jail does not end.');
}

/** The kernel lets the first process of a namespace become a zombie once all others are gone. */
function isGone(pid: number): boolean {
  try {
    const state = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return state === 'Z' || state === 'X';
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(systemCode(error) ?? '')) return true;
    throw error;
  }
}
