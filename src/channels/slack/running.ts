import { backoff } from '../../base/backoff.ts';
import { sleep } from '../../base/wait.ts';
import { type ChannelHealth, type ChannelHooks, SendError } from '../../domain/channel.ts';
import { Unauthorized } from './api.ts';

const RETRY = { firstMs: 1000, capMs: 30_000 };

/**
 * Does `work` again and again until the signal aborts or the token is refused. A round that stood for a while
 * is followed by the next at once; short ones are waited after, longer each time. Never rejects.
 */
export async function keepRunning(
  work: (signal: AbortSignal) => Promise<void>,
  { health, attempt }: Pick<ChannelHooks, 'health' | 'attempt'>,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const began = performance.now();
    attempt?.();
    const trouble = await work(signal).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (signal.aborted) return;
    if (trouble !== undefined) health(healthOf(trouble));
    if (trouble instanceof Unauthorized) return;
    // One that stood for a while was no failure; what ends at once, however well, is not begun again at once.
    const stood = performance.now() - began > RETRY.capMs;
    failures = stood ? 0 : failures + 1;
    await sleep(failures > 0 ? backoff(RETRY, failures) : 0, signal).catch(() => undefined);
  }
}

const healthOf = (trouble: unknown): ChannelHealth => ({
  state: trouble instanceof Unauthorized ? 'failed' : 'retrying',
  reason: trouble instanceof SendError ? trouble.message : String(trouble),
});
