import { backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { type AtomError, asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { NetworkStatus } from '../../protocol/status.ts';
import { urlOf } from './address.ts';
import { createCallers } from './callers.ts';
import { type Burst, createGuesses } from './guesses.ts';
import { listenOn } from './listener.ts';
import type { Server, ServerDeps } from './server.ts';

export interface NetworkDeps
  extends Pick<ServerDeps, 'endpoint' | 'credentials' | 'connection' | 'routes'> {
  readonly clock: Clock;
  readonly log: Log;
  /** Told of those who tried what is not so, once for each burst of it. */
  readonly onBurst: (burst: Burst) => void;
  /** Tells the owner. */
  readonly alert: (words: string) => void;
  /** `connect` has this long to come; 10 s unless told. */
  readonly greetMs?: number;
}

/** The gateway's port. It is open only while there is a device, a program or a setup code. */
export interface Network {
  status(): NetworkStatus;
  /** Looks again whether the port is needed; resolves once it is open, closed, or cannot be opened. */
  settle(): Promise<NetworkStatus>;
  /** Open connections of a device or program. */
  connectionsOf(id: string): number;
  close(): Promise<void>;
}

const GREET_MS = 10_000;
const RETRY = { firstMs: 2000, capMs: 60_000 };
/** The owner is told of guessing once in this time. */
const ALERT_MS = 60 * 60_000;

/** Listens as soon as, and as long as, somebody could prove to be known. */
export function openNetwork(deps: NetworkDeps): Network {
  const { endpoint, credentials, log } = deps;
  const callers = createCallers();
  const guesses = createGuesses({ ...deps, onBarred: createAlarm(deps) });
  let server: Server | undefined;
  let failed: AtomError | undefined;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  const status = (): NetworkStatus => {
    if (server) return { state: 'listening', url: urlOf(endpoint, server.port) };
    if (failed) return { state: 'failed', reason: failed.message, next: failed.next };
    return { state: 'off' };
  };
  const open = async (): Promise<void> => {
    const identity = await credentials.identity();
    server = await listenOn({
      ...{ endpoint, credentials, identity, callers, guesses },
      ...{ connection: deps.connection, clock: deps.clock, routes: deps.routes },
      greetMs: deps.greetMs ?? GREET_MS,
    });
    failed = undefined;
    tries = 0;
    log.info(`listening on ${urlOf(endpoint, server.port)} for devices and programs`);
  };
  const shut = async (): Promise<void> => {
    const closing = server;
    [server, failed] = [undefined, undefined];
    if (!closing) return;
    await closing.close();
    if (!over) log.info('no device is left: the port is closed');
  };
  const fail = (error: unknown): void => {
    const first = failed === undefined;
    failed = asAtomError(error);
    tries += 1;
    if (first) log.error(`no device can connect: ${failed.message}`, { next: [...failed.next] });
    timer = setTimeout(() => settle(), backoff(RETRY, tries)).unref();
  };
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const needed = !over && (await credentials.needed());
      if (!needed) await shut();
      else if (!server) await open();
    } catch (error) {
      fail(error);
    }
  };
  // One look after the other: two at once would open the port twice.
  let looking: Promise<void> = Promise.resolve();
  const settle = async (): Promise<NetworkStatus> => {
    looking = looking.then(look);
    await looking;
    return status();
  };
  const stops = [credentials.onNeeded(() => settle()), credentials.onRevoked(callers.revoke)];
  return {
    status,
    settle,
    connectionsOf: callers.connectionsOf,
    close: async () => {
      over = true;
      for (const stop of stops) stop();
      // At once: what it tells is put on a record that is closed soon.
      guesses.close();
      await settle();
    },
  };
}

/** Says that somebody guesses, and not again while that may be the same one. */
function createAlarm({ clock, log, alert }: NetworkDeps): (source: string) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (source) => {
    log.warn('left alone for a minute: too many wrong keys', { from: source });
    if (clock.monotonic() - told < ALERT_MS) return;
    told = clock.monotonic();
    alert(
      `Somebody at ${source} tries keys that this gateway does not know. It is left alone for a minute each time; nothing was let in. Who may connect: atom devices`,
    );
  };
}
