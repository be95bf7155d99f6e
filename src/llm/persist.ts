import { backoff } from '../base/backoff.ts';
import { type Clock, clockTime } from '../base/clock.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import { redact } from '../base/redact.ts';
import { sleep } from '../base/wait.ts';
import { afterFailure, afterSuccess, CLOSED, mayTryAt, opens, trying } from '../domain/circuit.ts';
import type { Store } from '../domain/store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { findCircuit, keepCircuit } from '../store/tables/circuits.ts';
import { isTorn } from './provider-error.ts';

export interface PersistDeps {
  readonly store: Store;
  /** Counts on when the clock is set. */
  readonly steady: Clock;
  readonly metrics: Pick<Metrics, 'tripped'>;
}

/** One question to a provider, and how it may be asked again. */
export interface Asking<T> {
  readonly provider: string;
  /** False for a server of this machine: it answers at once or is not there. */
  readonly again: boolean;
  /** True once something was shown: from then on it is never asked again. */
  readonly began: () => boolean;
  readonly ask: () => Promise<T>;
}

/** What a failure means for asking again. `fault`: it is the provider's. `waitMs` is what it asked for. */
interface Setback {
  readonly again: boolean;
  readonly fault: boolean;
  readonly waitMs?: number;
}

const MOST_TRIES = 4;
const RETRY = { firstMs: 1000, capMs: 30_000 };
/** Nobody waits longer than this for an answer that has not begun; a provider that asks for more is refused. */
const MOST_WAIT_MS = 30_000;

/**
 * Asks, and again where nothing was said yet and it may help. A provider that failed five times in a row
 * is left alone for a minute: AtomError `unavailable`. Throws the last failure, or the signal's reason.
 */
export async function persistently<T>(
  deps: PersistDeps,
  asking: Asking<T>,
  signal: AbortSignal,
): Promise<T> {
  if (!asking.again) return asking.ask();
  for (let attempt = 1; ; attempt++) {
    await admit(deps, asking.provider);
    try {
      const answer = await asking.ask();
      await note(deps, asking.provider);
      return answer;
    } catch (thrown) {
      signal.throwIfAborted();
      const { again, fault, waitMs = backoff(RETRY, attempt) } = await setbackOf(thrown);
      if (fault) await note(deps, asking.provider, thrown);
      const hopeless = !again || asking.began() || waitMs > MOST_WAIT_MS;
      if (hopeless || attempt >= MOST_TRIES) throw thrown;
      await sleep(waitMs, signal);
    }
  }
}

async function setbackOf(thrown: unknown): Promise<Setback> {
  // It took too long already: asked again, it would take as long again.
  if (thrown instanceof AtomError) return { again: false, fault: thrown.elsewhere };
  const { APICallError } = await import('ai');
  if (!APICallError.isInstance(thrown)) return { again: isTorn(thrown), fault: isTorn(thrown) };
  const waitMs = askedFor(thrown.responseHeaders ?? {});
  const again = thrown.isRetryable || isTorn(thrown);
  return { again, fault: again, ...(waitMs === undefined ? {} : { waitMs }) };
}

/** How long a provider wants to be left alone: in milliseconds, in seconds, or until a date. */
function askedFor(headers: Readonly<Record<string, string>>): number | undefined {
  const exact = Number(headers['retry-after-ms']);
  if (exact > 0) return exact;
  const text = headers['retry-after'] ?? '';
  const seconds = Number(text);
  if (seconds > 0) return seconds * 1000;
  // Both dates are of its own clock.
  const span = Date.parse(text) - Date.parse(headers.date ?? '');
  return span > 0 ? span : undefined;
}

const circuitOf = (provider: string): string => `model:${provider}`;

async function admit({ store, steady }: PersistDeps, provider: string): Promise<void> {
  const name = circuitOf(provider);
  await store.tx(async (sql) => {
    const circuit = await findCircuit(sql, name);
    if (circuit.openedAt === undefined) return;
    const now = steady.now();
    const until = mayTryAt(circuit, now);
    if (until > now) throw leftAlone(provider, circuit.reason, until);
    await keepCircuit(sql, name, trying(circuit, now));
  });
}

const leftAlone = (provider: string, reason: string | undefined, until: number): AtomError =>
  new AtomError(
    'unavailable',
    `${provider} failed again and again (${reason ?? 'no reason given'}), so it is left alone until ${clockTime(until)}.`,
    { next: ['Try again then, or choose another model:   atom models list'], quotes: provider },
  );

async function note(
  { store, steady, metrics }: PersistDeps,
  provider: string,
  ...failure: readonly unknown[]
): Promise<void> {
  const name = circuitOf(provider);
  const opened = await store.tx(async (sql) => {
    const circuit = await findCircuit(sql, name);
    if (failure.length === 0) {
      if (circuit !== CLOSED) await keepCircuit(sql, name, afterSuccess(circuit));
      return false;
    }
    const reason = redact(asAtomError(failure[0]).message).slice(0, 200);
    const next = afterFailure(circuit, steady.now(), reason);
    await keepCircuit(sql, name, next);
    return opens(circuit, next);
  });
  if (opened) metrics.tripped(name);
}
