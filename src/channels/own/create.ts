import type { Log } from '../../base/log.ts';
import { within } from '../../base/wait.ts';
import { type Channel, type ChannelHooks, SendError } from '../../domain/channel.ts';
import type { OwnChannelSaid } from '../../domain/own-channel.ts';
import { createNumbered } from '../numbered.ts';
import { keepRunning } from '../running.ts';
import { inTurn, keepEvent } from '../taking.ts';
import { type Approved, type Connection, runConnection } from './connection.ts';
import { type EventDeps, eventOf, outgoing } from './event.ts';
import { ownFacts } from './facts.ts';
import type { WireMessage } from './frames.ts';
import type { OwnHost } from './process.ts';

export interface OwnDeps extends Pick<EventDeps, 'name' | 'clock' | 'newId'> {
  readonly said: OwnChannelSaid;
  readonly host: OwnHost;
  readonly log: Log;
  /** What to run, looked at anew for each process. Throws Unauthorized where it is not what was approved. */
  approved(): Promise<Approved>;
  readonly patienceMs?: number;
}

/** A message waits so long for a connection; the outbox tries it again later. */
const CONNECT_MS = 10_000;
const CLOSE_MS = 700;

/** A channel that the owner wrote. Its module runs in a process of its own, in a jail. */
export function createOwn(deps: OwnDeps): Channel {
  const { name, said, host, log, patienceMs } = deps;
  const numbered = createNumbered();
  const inOrder = inTurn();
  const stopping = new AbortController();
  let hooks: ChannelHooks | undefined;
  let connection = Promise.withResolvers<Connection>();
  let kept: Promise<void> | undefined;
  const events = { ...deps, provesSenders: said.provesSenders, numbered };
  const take = (message: WireMessage): Promise<void> =>
    inOrder(() => keepEvent(() => hooks?.accept, eventOf(events, message)));
  const round = async (signal: AbortSignal): Promise<void> => {
    const now = Promise.withResolvers<Connection>();
    try {
      const health = (told: Parameters<ChannelHooks['health']>[0]) => hooks?.health(told);
      const patience = patienceMs === undefined ? {} : { patienceMs };
      const what = { ...(await deps.approved()), name, host, take, health, ...patience };
      await runConnection({ ...what, ready: (made) => connection.resolve(made) }, signal);
    } catch (error) {
      if (!signal.aborted) log.debug(`its process is over: ${String(error)}`);
      throw error;
    } finally {
      connection = now;
    }
  };
  const start = (): void => {
    kept ??= keepRunning(round, { health: (told) => hooks?.health(told) }, stopping.signal);
  };
  return {
    facts: ownFacts(name, said),
    open(given) {
      hooks = given;
      start();
    },
    async send(message, signal) {
      if (message.edits !== undefined && !said.edits)
        throw new SendError({ kind: 'refused', reason: 'what it sent cannot be changed' });
      start();
      const text = numbered.textOf(message);
      const { send } = await within(CONNECT_MS, name, connection.promise).catch(notConnected);
      const externalId = await send(outgoing(message, text), signal);
      numbered.remember(externalId, message);
      return { externalId };
    },
    async close() {
      stopping.abort();
      hooks = undefined;
      await Promise.allSettled([within(CLOSE_MS, name, kept ?? Promise.resolve())]);
    },
  };
}

function notConnected(): never {
  throw new SendError({ kind: 'later', reason: 'it is not connected' });
}
