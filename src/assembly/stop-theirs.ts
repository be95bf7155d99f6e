import type { Clock } from '../base/clock.ts';
import type { Bus } from '../bus/bus.ts';
import { type InboundEvent, speakerOf } from '../domain/event.ts';
import { deciderWords } from '../domain/halt.ts';
import { claimOf, isTheirOwn } from '../domain/sender.ts';
import type { Store } from '../domain/store.ts';
import type { Place } from '../ingress/talk-door.ts';
import type { Running } from '../sessions/running.ts';
import { findEvent } from '../store/tables/spool.ts';
import { behind } from './behind.ts';
import type { Users } from './users.ts';
import { speaker } from './whose.ts';

export interface StopTheirsDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly users: Pick<Users, 'at'>;
  readonly running: Pick<Running, 'turns' | 'stop' | 'stopOne'>;
}

/** The owner hears of the same person again after so long. */
const TOLD_FOR_MS = 3_600_000;

/**
 * The emergency stop of somebody who is no owner: stops every turn that they began, in whatever chat, also of
 * agents that were asked meanwhile, and what runs in a chat of theirs alone. Resolves to what they are told.
 */
export function createStopTheirs(deps: StopTheirsDeps): (place: Place) => Promise<string> {
  const told = new Map<string, number>();
  return async (place) => {
    const by = deciderWords(speakerOf(place.event));
    const { stopped, missed } = await stopAllOf(deps, place, by);
    const now = deps.clock.monotonic();
    if (now - (told.get(by) ?? Number.NEGATIVE_INFINITY) >= TOLD_FOR_MS) {
      told.set(by, now);
      deps.bus.tell('panic.asked', { who: `${by}${claimOf(place.event.sender)}`, stopped });
    }
    return [stoppedWords(stopped), ...(missed ? [MISSED] : []), ONLY_OWNERS_STOP_ALL].join(' ');
  };
}

/** How many turns were stopped, and whether there is one of which nobody could tell whose it is. */
async function stopAllOf(
  deps: StopTheirsDeps,
  { event, session }: Place,
  by: string,
): Promise<{ readonly stopped: number; readonly missed: boolean }> {
  const { running } = deps;
  // Their own chat first: nobody waits for a lookup before stopping.
  let stopped = isTheirOwn(event) && running.stop(session, by) ? 1 : 0;
  const rest = running.turns().filter(({ key }) => !isTheirOwn(event) || key !== session);
  let missed = false;
  for (const turn of rest) {
    const theirs = await isTheirs(deps, turn.event, event).catch(() => undefined);
    missed ||= theirs === undefined;
    // By its event: another one may run there by now.
    if (theirs && running.stopOne(turn, by)) stopped += 1;
  }
  return { stopped, missed };
}

const stoppedWords = (stopped: number): string =>
  stopped === 0 ? 'Nothing of yours was running.' : 'Stopped all of yours that was running.';

const MISSED = 'Of what else runs I could not find out whose it is: say it again.';

const ONLY_OWNERS_STOP_ALL = 'Only an owner of mine can stop everything, and is told of this.';

async function isTheirs(
  { store, users }: StopTheirsDeps,
  id: string,
  asked: InboundEvent,
): Promise<boolean> {
  const event = await findEvent(store, id);
  const began = event?.via?.surface === 'agent' ? await behind(store, id) : event;
  if (began === undefined || began === 'owner') return false;
  const user = speaker(users, asked);
  if (user) return speaker(users, began)?.name === user.name;
  const [one, other] = [speakerOf(began), speakerOf(asked)];
  const sameAccount = began.via !== undefined || began.from.account === asked.from.account;
  return one.surface === other.surface && one.id === other.id && sameAccount;
}
