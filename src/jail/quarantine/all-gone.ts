import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { AtomError, systemCode } from '../../base/errors.ts';

const MOST_TRIES = 2500;
const PAUSE_MS = 2;

/**
 * Waits until nothing of a jail is alive. bubblewrap ends with its program; what that left in the
 * background is killed together with the jail's first process, a moment later. `status` is what
 * bubblewrap reported. Throws AtomError `unavailable` after five seconds.
 */
export async function allGone(status: string): Promise<void> {
  const pid = /"child-pid"\s*:\s*(\d+)/.exec(status)?.[1];
  if (pid === undefined) return;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (isGone(pid)) return;
    await setTimeout(PAUSE_MS);
  }
  throw new AtomError('unavailable', 'Something that was started in the jail does not end.');
}

/** The kernel lets the first process of a namespace become a zombie once all others are gone. */
function isGone(pid: string): boolean {
  try {
    const state = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return state === 'Z' || state === 'X';
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(systemCode(error) ?? '')) return true;
    throw error;
  }
}
