import { failureFor } from '../../base/hint.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { Beginning, Follower } from './follower.ts';
import { createOnce } from './once.ts';
import { watchPeople } from './people-watch.ts';
import { watchStatus } from './status-watch.ts';
import { OWN_SESSION } from './turns.ts';

/**
 * Tells a front end everything, in order and each thing once: first how things stand, then what
 * happens. Ends with the signal.
 */
export function follow(gateway: Gateway, to: Follower, signal: AbortSignal): void {
  const once = createOnce();
  let early: GatewayEvent[] | undefined = [];
  const status = watchStatus(gateway, to, signal);
  const people = watchPeople(gateway, to, signal);
  const tell = (event: GatewayEvent): void => {
    if (!once.isNew(event)) return;
    to.event(event);
    if (movesStatus(event)) status.soon();
    if (event.kind === 'pairing' || event.kind === 'sender') people.changed();
  };
  const stop = gateway.on((event) => (early ? early.push(event) : tell(event)));
  signal.addEventListener('abort', stop, { once: true });
  void howThingsStand(gateway, to, signal).then((beginning) => {
    if (signal.aborted) return;
    once.saw(beginning);
    to.begin(beginning);
    const held = early ?? [];
    early = undefined;
    held.forEach(tell);
    people.changed();
    status.soon();
  });
}

const movesStatus = (event: GatewayEvent): boolean =>
  event.kind === 'log'
    ? event.line.level !== 'debug'
    : event.kind !== 'output' && event.kind !== 'feed';

async function howThingsStand(
  gateway: Gateway,
  to: Follower,
  signal: AbortSignal,
): Promise<Beginning> {
  const ask = async <T>(answer: Promise<T>, nothing: T): Promise<T> => {
    try {
      return await answer;
    } catch (thrown) {
      if (!signal.aborted) to.trouble(failureFor(gateway.hello.profile, thrown));
      return nothing;
    }
  };
  const [log, history, waiting] = await Promise.all([
    ask(gateway.request('log.recent', { limit: 30 }, { signal }), { lines: [] }),
    ask(gateway.request('chat.history', { session: OWN_SESSION, limit: 20 }, { signal }), {
      entries: [],
    }),
    ask(gateway.request('approvals.list', {}, { signal }), { approvals: [] }),
  ]);
  const cards = waiting.approvals
    .filter(({ state }) => state === 'pending')
    .map(({ card }) => card);
  const { entries } = history;
  const isFirst =
    entries.length === 0 && cards.length === 0 && (await nobodySpoke(gateway, signal));
  return { lines: log.lines, entries, cards, isFirst };
}

/** True where there is no conversation at all. Who may not ask is not here for the first time. */
const nobodySpoke = (gateway: Gateway, signal: AbortSignal): Promise<boolean> =>
  gateway.request('sessions.list', {}, { signal }).then(
    ({ sessions }) => sessions.length === 0,
    () => false,
  );
