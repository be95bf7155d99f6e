import { backoff } from '../base/backoff.ts';
import { sleep } from '../base/wait.ts';
import { type ChannelHealth, type ChannelHooks, SendError } from '../domain/channel.ts';
import { Unauthorized } from './http-failure.ts';

const RETRY = { firstMs: 1000, capMs: 30_000 };
/** A platform is asked this often whether it still knows us, where nothing else would tell. */
const PROOF_MS = 5 * 60_000;
const ASK_MS = 10_000;

type Round = (signal: AbortSignal) => Promise<void>;

/**
 * Does a round of receiving again and again until the signal aborts or it rejects with Unauthorized. One that
 * stood for a while is followed by the next at once; short ones are waited after, longer each time. Never
 * rejects.
 */
export async function keepRunning(
  round: Round,
  { health, attempt }: Pick<ChannelHooks, 'health' | 'attempt'>,
  signal: AbortSignal,
): Promise<void> {
  let [failures, isTry] = [0, true];
  while (!signal.aborted) {
    const began = performance.now();
    if (isTry) attempt?.();
    const trouble = await round(signal).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (signal.aborted) return;
    if (trouble !== undefined) health(healthOf(trouble));
    if (trouble instanceof Unauthorized) return;
    // One that stood for a while was no failure; what ends at once, however well, is not begun again at once.
    const stood = performance.now() - began > RETRY.capMs;
    failures = stood ? 0 : failures + 1;
    isTry = trouble !== undefined || !stood;
    await sleep(failures > 0 ? backoff(RETRY, failures) : 0, signal).catch(() => undefined);
  }
}

/** A round for a platform that posts to us: asks whether it knows us, says so, and waits to ask again. */
export const proving =
  (ask: Round, ready: () => void): Round =>
  async (signal) => {
    await ask(soon(signal));
    ready();
    await sleep(PROOF_MS, signal);
  };

/** What is asked is answered soon, or not at all. */
export const soon = (...signals: readonly AbortSignal[]): AbortSignal =>
  AbortSignal.any([...signals, AbortSignal.timeout(ASK_MS)]);

const healthOf = (trouble: unknown): ChannelHealth => ({
  state: trouble instanceof Unauthorized ? 'failed' : 'retrying',
  reason: trouble instanceof SendError ? trouble.message : String(trouble),
});
