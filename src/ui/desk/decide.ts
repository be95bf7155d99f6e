import type { Gateway } from '../../bridge/gateway.ts';
import type { Effect } from '../card/armed.ts';
import { closedPager } from '../card/card-rows.ts';
import { isNewcomer } from '../card/newcomer.ts';
import { helpLines, PERSON_HELP } from '../card/sentences.ts';
import { layOut, type Size } from '../screen/layout.ts';
import { type Row, row } from '../text/spans.ts';
import { type Advance, setCards } from './advance.ts';
import { answer } from './messages.ts';
import type { DeskState } from './state.ts';
import type { Store } from './store.ts';

export interface DecideDeps {
  readonly gateway: Gateway;
  readonly store: Store<DeskState>;
  readonly advance: Advance;
  print(rows: readonly Row[]): void;
  size(): Size;
}

/** Does what a key on a card asked for. Keys of the composer are not its business. */
export function decide(deps: DecideDeps, effect: Exclude<Effect, { do: 'compose' }>): void {
  const { store, print } = deps;
  const [card] = store.get().cards;
  switch (effect.do) {
    case 'approve':
    case 'deny':
      void send(deps, effect);
      return;
    case 'help':
      if (card)
        print((isNewcomer(card) ? PERSON_HELP : helpLines(card)).map((line) => row(line, 'dim')));
      return;
    case 'details':
      toggleDetails(deps);
      return;
    case 'page':
      turnPage(deps, effect.by);
      return;
    case 'mistyped':
      print([row(MISTYPED[effect.wanted], 'caution')]);
  }
}

const MISTYPED = {
  code: 'That is not the code of this card; nothing was approved.',
  digits: 'A code has six digits; nothing was approved.',
} as const;

async function send(
  deps: DecideDeps,
  effect: Extract<Effect, { do: 'approve' | 'deny' }>,
): Promise<void> {
  const { gateway, store, advance, print } = deps;
  const { head } = effect;
  const { do: verdict, ...said } = effect;
  const trouble = await answer(gateway, { stop: false, ...said, verdict });
  print(trouble);
  if (trouble.length > 0) advance({ kind: 'refused' });
  else
    setCards(
      store,
      advance,
      store.get().cards.filter(({ id }) => id !== head.id),
    );
}

function toggleDetails({ store, size }: DecideDeps): void {
  if (store.get().pager.open) {
    store.set({ pager: closedPager });
    return;
  }
  if (!layOut(store.get(), size(), 0).card?.more) return;
  store.set({ pager: { open: true, offset: 0, seen: 0 } });
  const page = layOut(store.get(), size(), 0).card?.page ?? 0;
  store.set({ pager: { open: true, offset: 0, seen: page } });
}

function turnPage({ store, size }: DecideDeps, by: 1 | -1): void {
  const { pager } = store.get();
  const view = layOut(store.get(), size(), 0).card;
  if (!pager.open || !view) return;
  const last = Math.max(0, view.length - view.page);
  const offset = Math.max(0, Math.min(last, pager.offset + by * view.page));
  // Only what was really on the screen counts: paging goes on from what was seen, without gaps.
  store.set({ pager: { open: true, offset, seen: Math.max(pager.seen, offset + view.page) } });
}
