import type { ChildProcess } from 'node:child_process';
import { systemCode } from '../base/errors.ts';

/** False once it ended: its number may then be somebody else's. */
export const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

/**
 * Kills the group that the child leads. In bubblewrap's case the rest dies with it: its init is told
 * by the kernel, and everything in the process namespace goes with the init.
 */
export function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // EPERM is what macOS says of a group of which only zombies are left.
    if (!['ESRCH', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
  }
}
