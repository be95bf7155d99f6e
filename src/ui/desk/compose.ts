import type { Gateway } from '../../bridge/gateway.ts';
import { withoutProof } from '../../domain/typed-answer.ts';
import { complete } from '../composer/complete.ts';
import { type Edit, edit, restored, sent } from '../composer/editor.ts';
import { youRows } from '../log/talk-rows.ts';
import type { Size } from '../screen/layout.ts';
import type { Row } from '../text/spans.ts';
import { say } from './messages.ts';
import { pairRows, pairWish } from './pair-command.ts';
import type { DeskState } from './state.ts';
import type { Store } from './store.ts';
import { turnFeed } from './turn-feed.ts';

/** What a key does to the message that is written. */
export type Change =
  | Edit
  | { readonly do: 'send'; readonly text: string }
  /** Writes out the command that was begun. */
  | { readonly do: 'complete' }
  /** Opens the pane of the feed, or closes it. */
  | { readonly do: 'feed' };

interface ComposeDeps {
  readonly gateway: Gateway;
  print(rows: readonly Row[]): void;
  size(): Size;
}

/** Edits the draft, or sends it; a message that could not go is given back. */
export function compose(
  { gateway, print, size }: ComposeDeps,
  store: Store<DeskState>,
  change: Change,
): void {
  if (change.do === 'feed') return void turnFeed(gateway, store).then(print);
  const { draft } = store.get();
  if (change.do === 'complete') {
    const { draft: completed, open } = complete(draft) ?? { draft, open: [] };
    store.set({ draft: completed });
    if (open.length > 0) print(open);
    return;
  }
  if (change.do !== 'send') {
    store.set({ draft: edit(draft, change) });
    return;
  }
  const written = edit(draft, { do: 'insert', text: change.text });
  if (written.text.trim() === '') return;
  const shown = withoutProof(written.text);
  store.set({ draft: sent({ ...written, text: shown }) });
  print(youRows(shown));
  const channel = pairWish(written.text);
  if (channel !== undefined) return void pairRows(gateway, channel, size()).then(print);
  void say(gateway, written.text).then((trouble) => {
    print(trouble);
    if (trouble.length > 0) store.set({ draft: restored(store.get().draft, written.text) });
  });
}
