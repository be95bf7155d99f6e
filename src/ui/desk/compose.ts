import type { Change } from '../composer/change.ts';
import { complete } from '../composer/complete.ts';
import { edit, isTooLong } from '../composer/editor.ts';
import { findKey, openFind } from '../find/find.ts';
import { searched } from '../find/said.ts';
import { type SendDeps, send } from './send.ts';
import type { DeskState } from './state.ts';
import type { Store } from './store.ts';
import { turnFeed } from './turn-feed.ts';

/** Edits the draft, or sends it; a search that is open has the keys instead. */
export function compose(deps: SendDeps, store: Store<DeskState>, change: Change): void {
  const { find, draft } = store.get();
  const lines = (): readonly string[] => searched(deps.said, store.get());
  if (find) {
    store.set({ find: findKey(find, change, lines) });
    return;
  }
  switch (change.do) {
    case 'feed':
      void turnFeed(deps.gateway, store).then(deps.print);
      return;
    case 'find':
      store.set({ find: openFind('', lines) });
      return;
    case 'leave':
      if (isTooLong(draft)) store.set({ draft: edit(draft, { do: 'clear' }) });
      return;
    case 'complete':
      completed(deps, store);
      return;
    case 'send':
      send(deps, store, edit(draft, { do: 'insert', text: change.text }));
      return;
    default:
      store.set({ draft: edit(draft, change) });
  }
}

function completed({ print }: SendDeps, store: Store<DeskState>): void {
  const { draft } = store.get();
  const { draft: written, open } = complete(draft) ?? { draft, open: [] };
  store.set({ draft: written });
  if (open.length > 0) print(open);
}
