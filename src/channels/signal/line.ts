import { type Backoff, backoff } from '../../base/backoff.ts';
import { type ChannelHealth, SendError } from '../../domain/channel.ts';
import { type Door, openWire } from './door.ts';
import type { Events } from './events-stream.ts';
import { addressOf } from './ids.ts';
import { beginSession, type Session } from './session.ts';
import { setbackOf } from './setback.ts';
import { type Take, WireError } from './wire.ts';

export interface LineDeps {
  readonly door: Door;
  /** Our own account, as the settings name it. */
  readonly account: string;
  readonly take: Take;
  /** True while nothing more should be taken in. */
  isFull(): boolean;
  /** Told of each connection that works. */
  opened(session: Session): void;
  health(health: ChannelHealth): void;
  /** Told before each try to connect. */
  attempt(): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** How long signal-cli may take to answer a small question. */
  readonly answerMs: number;
}

/** A connection to signal-cli that is made again whenever it breaks. */
export interface Line {
  /** The connection, once there is one. Throws SendError `later` where there is none in time. */
  session(signal: AbortSignal): Promise<Session>;
  /** The connection there is right now. */
  now(): Session | undefined;
  /** Tries at once, where it waits to try again. */
  wake(): void;
  /** Asks for no more, so that what still waits stays with signal-cli; `end` closes it. */
  rest(): Promise<void>;
  end(): void;
}

const NETWORK: Backoff = { firstMs: 1000, capMs: 30_000 };
/** How often signal-cli is asked whether it still lives. */
const PULSE_MS = 30_000;
/** How long a message waits for a connection before it is put off. */
const CONNECT_MS = 10_000;
const REST_MS = 300;

export function startLine(deps: LineDeps): Line {
  const ending = new AbortController();
  const events: Events = {};
  let open = Promise.withResolvers<Session>();
  let now: Session | undefined;
  let waking = new AbortController();
  const keep = async (): Promise<void> => {
    for (let failures = 1; !ending.signal.aborted; failures += 1) {
      try {
        deps.attempt();
        const session = await connect(deps, events, ending.signal);
        now = session;
        open.resolve(session);
        await live(deps, session, () => {
          failures = 0;
        });
      } catch (thrown) {
        if (ending.signal.aborted) return;
        deps.health(setbackOf(thrown, deps.door, deps.account));
      }
      if (now) open = Promise.withResolvers();
      now?.wire.close();
      now = undefined;
      waking = new AbortController();
      const until = AbortSignal.any([ending.signal, waking.signal]);
      await deps.wait(backoff(NETWORK, Math.max(1, failures)), until).catch(() => undefined);
    }
  };
  const kept = keep();
  return {
    async session(signal) {
      if (signal.aborted) throw notSent('stopped before it was sent');
      const late = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]);
      return Promise.race([open.promise, given(late)]);
    },
    now: () => now,
    wake: () => waking.abort(),
    async rest() {
      ending.abort();
      await now?.wire.rest(AbortSignal.timeout(REST_MS));
    },
    end() {
      ending.abort();
      now?.wire.close();
      kept.catch(() => undefined);
    },
  };
}

async function connect(deps: LineDeps, events: Events, ending: AbortSignal): Promise<Session> {
  while (deps.isFull()) await deps.wait(NETWORK.firstMs, ending);
  const soon = () => AbortSignal.any([ending, AbortSignal.timeout(deps.answerMs)]);
  const wire = await openWire(deps.door, { events, take: deps.take }, soon());
  try {
    const session = await beginSession(wire, deps.account, soon());
    deps.opened(session);
    await wire.receive(session.account, soon());
    deps.health(ready(deps));
    return session;
  } catch (thrown) {
    wire.close();
    throw thrown;
  }
}

/** Asks for signs of life until there is none. Throws WireError. */
async function live(deps: LineDeps, { wire }: Session, proved: () => void): Promise<never> {
  const broken = new AbortController();
  wire.broken.then((why) => broken.abort(new WireError(why, true)));
  for (;;) {
    await deps.wait(PULSE_MS, broken.signal).catch(() => undefined);
    broken.signal.throwIfAborted();
    if (deps.isFull()) throw new WireError('more has arrived than can be stored now', false);
    // One question after the other: a large file that is on its way is no silence.
    if (wire.isBusy()) continue;
    await wire.call('version', {}, AbortSignal.timeout(deps.answerMs));
    proved();
    deps.health(ready(deps));
  }
}

const ready = ({ account }: LineDeps): ChannelHealth => ({
  state: 'ready',
  identity: addressOf(account),
});

/** Rejects once it is too late to send. */
const given = (late: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const giveUp = (): void => reject(notSent('there is no connection to signal-cli'));
    late.addEventListener('abort', giveUp, { once: true });
  });

const notSent = (reason: string): SendError => new SendError({ kind: 'later', reason });
