import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { systemCode } from '../base/errors.ts';
import { family } from './watchdog.ts';

/** The gate of a jail, behind which its command waits. */
export interface Gate {
  /** Whether the command has come up to it: then the jail is finished, and `init` is its first process. */
  come(): { readonly built: boolean; readonly init: number | undefined };
  /** For good: a command that still waits will never start. */
  close(): void;
}

const AGAIN_MS = 1;

/**
 * Lets the command behind a gate start, once it is certain to end together with the gateway: bubblewrap
 * ties itself to the gateway on the way, and its init to it only while the command already starts.
 * `pid` is the outermost process of the jail.
 */
export function openGate(pipe: Duplex, pid: number): Gate {
  let come: ReturnType<Gate['come']> = { built: false, init: undefined };
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (isTied(come.init)) pipe.end('go\n');
    else timer = setTimeout(look, AGAIN_MS);
  };
  pipe.once('data', () => {
    come = { built: true, init: family(pid, 1)[1] };
    look();
  });
  return {
    come: () => come,
    close: () => {
      clearTimeout(timer);
      pipe.destroy();
    },
  };
}

/**
 * bubblewrap's init takes the system call filter right after it asked to die with its parent. Where
 * /proc hides it there is nothing to wait for.
 */
function isTied(init: number | undefined): boolean {
  try {
    return /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${init}/status`, 'utf8'));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return true;
  }
}
