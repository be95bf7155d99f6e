import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { urlOf } from './address.ts';
import { createCallers } from './callers.ts';
import { type Burst, createGuesses } from './guesses.ts';
import type { Server } from './http.ts';
import { listenOn } from './listener.ts';
import { createPort, type Port } from './port.ts';
import type { ServerDeps } from './server.ts';

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
export interface Network extends Port {
  /** Open connections of a device or program. */
  connectionsOf(id: string): number;
}

const GREET_MS = 10_000;
/** The owner is told of guessing once in this time. */
const ALERT_MS = 60 * 60_000;

/** Listens as soon as, and as long as, somebody could prove to be known. */
export function openNetwork(deps: NetworkDeps): Network {
  const { endpoint, credentials, log } = deps;
  const callers = createCallers();
  const guesses = createGuesses({ ...deps, onBarred: createAlarm(deps) });
  const open = async (): Promise<Server> => {
    const identity = await credentials.identity();
    return listenOn({ ...endpoint, setting: 'gateway' }, async (tls) => {
      // What speaks to the network is loaded once somebody is there to speak to.
      const { openServer } = await import('./server.ts');
      return openServer({
        endpoint,
        credentials,
        identity,
        callers,
        guesses,
        tls,
        connection: deps.connection,
        clock: deps.clock,
        routes: deps.routes,
        greetMs: deps.greetMs ?? GREET_MS,
      });
    });
  };
  const { status, settle, close } = createPort({
    needed: credentials.needed,
    open,
    urlOf: (port) => urlOf(endpoint, port),
    onOpen: (url) => log.info(`listening on ${url} for devices and programs`),
    onShut: () => log.info('no device is left: the port is closed'),
    onFailed: ({ message, next }) =>
      log.error(`no device can connect: ${message}`, { next: [...next] }),
  });
  const stops = [credentials.onNeeded(() => settle()), credentials.onRevoked(callers.revoke)];
  return {
    status,
    settle,
    connectionsOf: callers.connectionsOf,
    close: async () => {
      for (const stop of stops) stop();
      // At once: what it tells is put on a record that is closed soon.
      guesses.close();
      await close();
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
