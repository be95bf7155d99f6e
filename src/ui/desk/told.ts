import type { Clock } from '../../base/clock.ts';
import { isShown, logRow } from '../log/log-row.ts';
import { entryRows } from '../log/talk-rows.ts';
import type { Size } from '../screen/layout.ts';
import type { Row } from '../text/spans.ts';
import { type Advance, setCards } from './advance.ts';
import { apply } from './apply.ts';
import type { Follower } from './follower.ts';
import { failureRows } from './messages.ts';
import { tellPeople } from './newcomers.ts';
import type { DeskState } from './state.ts';
import type { Store } from './store.ts';

export interface ToldDeps {
  readonly clock: Clock;
  print(rows: readonly Row[]): void;
  size(): Size;
  /** The gateway said that it is stopping. */
  gatewayStops(): void;
}

/** Works what the gateway says into the desk. */
export function createListener(
  { clock, print, gatewayStops }: ToldDeps,
  store: Store<DeskState>,
  advance: Advance,
): Follower {
  return {
    begin({ lines, entries, cards }) {
      print(lines.filter(isShown).map((line) => logRow(line)));
      print(entries.flatMap(entryRows));
      setCards(store, advance, cards);
    },
    event(event) {
      const { known, rows } = apply(store.get(), event);
      if (event.kind === 'stopping') gatewayStops();
      print(rows);
      store.set({ turns: known.turns, stopping: known.stopping, feed: known.feed });
      if (known.cards !== store.get().cards) setCards(store, advance, known.cards);
    },
    people(people) {
      const { cards, over, strangers } = tellPeople(store.get().cards, people, clock.now());
      print([...over, ...strangers]);
      setCards(store, advance, cards);
    },
    status: (status) => store.set({ status }),
    trouble: (error) => print(failureRows(error)),
  };
}
