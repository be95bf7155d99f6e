import { stepped } from '../base/backoff.ts';
import { sleep } from '../base/wait.ts';
import type { BridgeState } from './contract.ts';
import type { Counts } from './counts.ts';
import { BridgeError, ConnectionError } from './errors.ts';
import type { Dial, Link } from './link.ts';
import { connectionError } from './refusals.ts';
import type { Tuning } from './settings.ts';

export interface ConnectionDeps {
  readonly dial: Dial;
  readonly tuning: Tuning;
  readonly counts: Counts;
  /** A link stands; until `onDown` it is the one to use. */
  onUp(link: Link): void;
  onDown(): void;
  onState(state: BridgeState, was: BridgeState, error: BridgeError | undefined): void;
}

/** Keeps one link to a gateway up, for ever or until trying again cannot help. */
export interface Connection {
  readonly state: BridgeState;
  /** See `Bridge.connect`. */
  connect(): Promise<void>;
  close(): void;
}

/** Somebody who waits for `connect`, and how many more failures they wait through. */
interface Waiter {
  left: number;
  resolve(): void;
  reject(error: BridgeError): void;
}

export function createConnection(deps: ConnectionDeps): Connection {
  const { tuning, counts } = deps;
  let state: BridgeState = 'disconnected';
  let waiters: Waiter[] = [];
  let stop: AbortController | undefined;

  const become = (next: BridgeState, error?: BridgeError): void => {
    const was = state;
    state = next;
    if (was !== next) deps.onState(next, was, error);
  };
  const failedOnce = (error: BridgeError): void => {
    for (const waiter of waiters) {
      waiter.left -= 1;
      if (waiter.left === 0 || !error.retryable) waiter.reject(error);
    }
    const before = waiters.length;
    waiters = waiters.filter(({ left }) => left > 0 && error.retryable);
    if (!error.retryable) become('failed', error);
    else if (waiters.length < before) become('reconnecting', error);
  };
  const stand = async (link: Link, signal: AbortSignal): Promise<void> => {
    counts.add('connections');
    deps.onUp(link);
    become('connected');
    for (const waiter of waiters.splice(0)) waiter.resolve();
    signal.addEventListener('abort', link.close, { once: true });
    const over = new AbortController();
    const why = await Promise.race([link.closed, silence(link, tuning, over.signal)]);
    over.abort();
    signal.removeEventListener('abort', link.close);
    link.close();
    deps.onDown();
    signal.throwIfAborted();
    if (!why.retryable) throw why;
    become('reconnecting', why);
  };
  /** Resolves with whether the link stood for a while; rejects where trying again cannot help. */
  const once = async (signal: AbortSignal): Promise<boolean> => {
    counts.add('attempts');
    try {
      await stand(await dialOnce(deps, signal), signal);
      return true;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = connectionError(thrown);
      if (!error.retryable) throw error;
      failedOnce(error);
      return false;
    }
  };
  const keepUp = async (signal: AbortSignal): Promise<void> => {
    for (let failures = 0; ; ) {
      failures = (await once(signal)) ? 0 : failures + 1;
      await sleep(stepped(tuning.steps, Math.max(1, failures), tuning.dice), signal);
    }
  };
  const start = (): void => {
    const control = new AbortController();
    stop = control;
    become('connecting');
    keepUp(control.signal).catch((thrown: unknown) => {
      if (!control.signal.aborted)
        failedOnce(thrown instanceof BridgeError ? thrown : fault(thrown));
    });
  };
  return {
    get state() {
      return state;
    },
    async connect() {
      if (state === 'connected') return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiters.push({ left: tuning.retries + 1, resolve, reject });
      if (state === 'disconnected' || state === 'failed') start();
      await promise;
    },
    close() {
      stop?.abort();
      become('disconnected');
      const closed = new ConnectionError('network', 'The bridge was closed.', { retryable: false });
      for (const waiter of waiters.splice(0)) waiter.reject(closed);
    },
  };
}

/** One try to connect, which may take no longer than the tuning says. */
async function dialOnce({ dial, tuning }: ConnectionDeps, signal: AbortSignal): Promise<Link> {
  const limit = new AbortController();
  const late = setTimeout(
    () => limit.abort(new ConnectionError('timeout', 'The gateway took too long to answer.')),
    tuning.connectTimeoutMs,
  );
  try {
    return await dial(AbortSignal.any([signal, limit.signal]));
  } finally {
    clearTimeout(late);
  }
}

/** Resolves once the other side does not answer any more, or the signal says that nobody wants to know. */
async function silence(link: Link, tuning: Tuning, signal: AbortSignal): Promise<BridgeError> {
  try {
    for (;;) {
      await sleep(tuning.heartbeatMs, signal);
      await link.ping(tuning.heartbeatTimeoutMs);
    }
  } catch (thrown) {
    return connectionError(thrown);
  }
}

const fault = (cause: unknown): BridgeError =>
  new BridgeError('failed', `The bridge stopped: ${String(cause)}`, { cause });
