import { backoff } from '../base/backoff.ts';
import { sleep } from '../base/wait.ts';
import { type ChannelHealth, type ChannelHooks, SendError } from '../domain/channel.ts';

const RETRY = { firstMs: 1000, capMs: 30_000 };
/** A platform is asked this often whether it still knows us: nothing else would tell that a token was revoked. */
const PROOF_MS = 5 * 60_000;
const ASK_MS = 10_000;

export interface Proving extends Pick<ChannelHooks, 'health' | 'attempt'> {
  /** Resolves where the platform knows us; throws SendError. */
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
  /** True where the credentials were refused, so that nothing works until they are mended. */
  readonly isOver: (trouble: SendError) => boolean;
  /** Told each time that the platform knew us. */
  readonly ready: () => void;
}

/** Asks a platform until the signal aborts or it refuses us. Never rejects. */
export async function keepProving(proving: Proving, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    if (failures > 0) proving.attempt?.();
    const trouble = await troubleIn(proving, signal);
    if (signal.aborted) return;
    if (trouble === undefined) proving.ready();
    else proving.health(healthOf(proving, trouble));
    if (trouble !== undefined && proving.isOver(trouble)) return;
    failures = trouble === undefined ? 0 : failures + 1;
    await sleep(failures > 0 ? backoff(RETRY, failures) : PROOF_MS, signal).catch(() => undefined);
  }
}

const healthOf = ({ isOver }: Proving, trouble: SendError): ChannelHealth => ({
  state: isOver(trouble) ? 'failed' : 'retrying',
  reason: trouble.message,
});

/** What is wrong; undefined where the platform knows us. */
async function troubleIn({ ask }: Proving, signal: AbortSignal): Promise<SendError | undefined> {
  try {
    await ask(AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
    return undefined;
  } catch (thrown) {
    return thrown instanceof SendError
      ? thrown
      : new SendError({ kind: 'later', reason: String(thrown) });
  }
}
