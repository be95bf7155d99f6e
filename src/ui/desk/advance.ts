import type { Clock } from '../../base/clock.ts';
import { ARM_MS, type ArmingEvent, type Effect, isArmed, isLost, LOST_MS } from '../card/armed.ts';
import { arming } from '../card/arming.ts';
import { closedPager } from '../card/card-rows.ts';
import { type DeskState, headOf } from './state.ts';
import type { Store } from './store.ts';

type Untimed<T> = T extends unknown ? Omit<T, 'at'> : never;

/** Takes one step of arming now, and says what it asks for. */
export type Advance = (event: Untimed<ArmingEvent>) => Effect | undefined;

/** Moves the arming of the desk on: with keys, with the queue, and with the silence that goes by. */
export function createAdvance(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  store: Store<DeskState>,
): Advance {
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  const advance: Advance = (event) => {
    const at = clock.monotonic();
    const before = store.get();
    const { state, effect } = arming(before.arming, { ...event, at });
    const isSameHead = state.head?.id === before.arming.head?.id;
    lay({ arming: state, ...(isSameHead ? {} : { pager: closedPager }) }, at);
    return effect;
  };
  const lay = (patch: Pick<DeskState, 'arming'>, at: number): void => {
    const { arming: now } = patch;
    store.set({ ...patch, armed: isArmed(now, at), lost: isLost(now, at) });
    clearTimeout(timer);
    const next = changesAt(now).find((time) => time > at);
    if (next === undefined || signal.aborted) return;
    // A timer may be a millisecond early; a little later never arms too soon.
    timer = setTimeout(() => lay({ arming: now }, clock.monotonic()), next - at + 5);
  };
  return advance;
}

/** When silence will change what is drawn, soonest first. */
const changesAt = ({ focus, quietSince, lostAt }: DeskState['arming']): readonly number[] =>
  focus === 'card'
    ? [quietSince + ARM_MS, ...(lostAt === undefined ? [] : [lostAt + LOST_MS])]
    : [];

/** Puts another queue on the desk, and lets arming know of its head. */
export function setCards(
  store: Store<DeskState>,
  advance: Advance,
  cards: DeskState['cards'],
): void {
  store.set({ cards });
  advance({ kind: 'head', head: headOf(cards) });
}
