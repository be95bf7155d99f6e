import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Follower } from './follower.ts';

/** The status row is never older than this while nothing happens. */
const IDLE_MS = 15_000;
/** And is not asked for more often than this while much does. */
const BUSY_MS = 1_000;

/** Asks for the status now, every so often, and soon after `soon` was called. */
export function watchStatus(
  gateway: Gateway,
  to: Pick<Follower, 'status' | 'trouble'>,
  signal: AbortSignal,
): { soon(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isSoon = true;
  const plan = (ms: number): void => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(() => void ask(), ms);
  };
  const ask = async (): Promise<void> => {
    isSoon = false;
    try {
      to.status(await gateway.request('status', {}, { signal }));
    } catch (thrown) {
      if (!signal.aborted && !isOver(thrown)) to.trouble(asAtomError(thrown));
    }
    if (!isSoon) plan(IDLE_MS);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  plan(0);
  return {
    soon() {
      if (isSoon) return;
      isSoon = true;
      plan(BUSY_MS);
    },
  };
}

const isOver = (thrown: unknown): boolean =>
  thrown instanceof AtomError && thrown.code === 'not-running';
