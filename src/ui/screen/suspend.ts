import type { UiOptions } from '../options.ts';

/** Where nothing stopped us (no job control), the screen comes back after this long. */
const NOT_STOPPED_MS = 500;

/**
 * Stops this process as Ctrl-Z does and resolves once it goes on. Time passes while a process is
 * stopped, so the limit only counts where it was not.
 */
export async function suspendHere(onSuspend: NonNullable<UiOptions['onSuspend']>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once('SIGCONT', resolve);
  try {
    await onSuspend();
    const timer = setTimeout(resolve, NOT_STOPPED_MS);
    await promise;
    clearTimeout(timer);
  } finally {
    process.off('SIGCONT', resolve);
  }
}
