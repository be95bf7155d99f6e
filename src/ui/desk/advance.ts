import type { Clock } from '../../base/clock.ts';
import {
  ARM_MS,
  type ArmingEvent,
  arming,
  type Effect,
  isArmed,
  QUIET_MS,
} from '../card/arming.ts';
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
    const armed = isArmed(state, at);
    store.set({ arming: state, armed, ...(isSameHead ? {} : { pager: closedPager }) });
    if (event.kind !== 'tick' || state !== before.arming) wakeAt(wakeTime(state), at);
    return effect;
  };
  const wakeAt = (time: number | undefined, now: number): void => {
    clearTimeout(timer);
    if (time === undefined || time < now || signal.aborted) return;
    // A timer may be a millisecond early; a little later never arms too soon.
    timer = setTimeout(
      () => {
        advance({ kind: 'tick', composerEmpty: store.get().draft.text === '' });
      },
      time - now + 5,
    );
  };
  return advance;
}

/** When silence will change something. */
function wakeTime({
  head,
  focus,
  dismissed,
  answering,
  quietSince,
}: DeskState['arming']): number | undefined {
  if (!head || answering) return undefined;
  if (focus === 'card') return quietSince + ARM_MS;
  return dismissed ? undefined : quietSince + QUIET_MS;
}

/** Puts another queue on the desk, and lets arming know of its head. */
export function setCards(
  store: Store<DeskState>,
  advance: Advance,
  cards: DeskState['cards'],
): void {
  store.set({ cards });
  advance({ kind: 'head', head: headOf(cards) });
}
