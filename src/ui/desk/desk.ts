import type { Press } from '../card/armed.ts';
import { closedPager } from '../card/card-rows.ts';
import type { Change } from '../composer/change.ts';
import { layOut } from '../screen/layout.ts';
import { createAdvance } from './advance.ts';
import { compose } from './compose.ts';
import { decide } from './decide.ts';
import type { Follower } from './follower.ts';
import type { SendDeps } from './send.ts';
import { type DeskState, firstState } from './state.ts';
import { createStore, type Store } from './store.ts';
import { createListener } from './told.ts';

export interface DeskDeps extends SendDeps {
  /** Ends every timer. */
  readonly signal: AbortSignal;
}

/** One key, in both its meanings: on a card, and in the composer. */
export interface Keystroke {
  readonly press: Press;
  readonly changes: readonly Change[];
}

/** The terminal without a terminal: what is known, and what keys do to it. */
export interface Desk {
  readonly store: Store<DeskState>;
  /** To be told what happens at the gateway. */
  readonly listener: Follower;
  key(stroke: Keystroke): void;
  /** The window has another size: what was read of a long card has to be read again. */
  resized(): void;
}

export function createDesk(deps: DeskDeps): Desk {
  const { clock, size } = deps;
  const store = createStore(firstState(clock.monotonic()));
  const advance = createAdvance(deps, store);
  return {
    store,
    listener: createListener(deps, store, advance),
    key({ press, changes }) {
      const readable = layOut(store.get(), size(), clock.now()).card?.readable ?? false;
      const effect = advance({ kind: 'press', press, readable });
      if (effect?.do === 'compose') for (const change of changes) compose(deps, store, change);
      else if (effect) decide({ ...deps, store, advance }, effect);
    },
    resized() {
      if (store.get().pager.open) store.set({ pager: closedPager });
    },
  };
}
