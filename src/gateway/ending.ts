import type { Atom } from '../atom.ts';
import type { Log } from '../base/log.ts';
import type { Ports } from './doors.ts';
import type { Hub } from './hub.ts';
import { watchLifeline } from './lifeline.ts';

export interface EndingDeps {
  readonly atom: Atom;
  readonly hub: Hub;
  readonly log: Log;
  readonly ports: Ports;
  /** Lets go of the socket and the log file, last of all. */
  readonly release: () => Promise<void>;
}

/** How a gateway comes to its end. */
export interface Ending {
  /** Finishes what runs, then stops; `force` cuts it off. Calling it twice does no harm. */
  stop(options: { readonly force: boolean }): void;
  stopping(): boolean;
  /** Stops once the pipe of this descriptor ends, where there is one. */
  follow(lifelineFd: number | undefined): void;
  readonly closed: Promise<{ readonly forced: boolean }>;
}

/** What runs has this long to come to its end. */
const GRACE_MS = 10_000;

export function createEnding({ atom, hub, log, ports, release }: EndingDeps): Ending {
  const closed = Promise.withResolvers<{ readonly forced: boolean }>();
  let state: 'running' | 'draining' | 'forced' = 'running';
  const close = async (graceMs: number): Promise<void> => {
    const running = [...atom.running.keys()];
    hub.emit({ kind: 'stopping', running });
    log.info(graceMs === 0 ? 'stopping now' : 'stopping after the current step', { running });
    // What was acknowledged must be kept, so nothing is taken in any more once the store closes.
    await ports.webhooks.close();
    // Devices come again later; the owner at this machine watches to the end.
    await Promise.all([ports.network.close(), atom.close(graceMs)]);
    log.info('stopped');
    await release();
    closed.resolve({ forced: state === 'forced' });
  };
  const stop: Ending['stop'] = ({ force }) => {
    const first = state === 'running';
    state = force ? 'forced' : first ? 'draining' : state;
    if (force) atom.running.interruptAll();
    if (first) close(force ? 0 : GRACE_MS).catch(closed.reject);
  };
  return {
    stop,
    follow: (lifelineFd) => {
      if (lifelineFd !== undefined) watchLifeline(lifelineFd, () => stop({ force: false }));
    },
    stopping: () => state !== 'running',
    closed: closed.promise,
  };
}
