import type { Gateway } from '../../bridge/gateway.ts';
import { withoutProof } from '../../domain/typed-answer.ts';
import { type Draft, isTooLong, restored, sent } from '../composer/editor.ts';
import { openFind, searchWish } from '../find/find.ts';
import { type Said, searched } from '../find/said.ts';
import { youRows } from '../log/talk-rows.ts';
import { helpRows, KEYS_HELP } from './keys-help.ts';
import { say } from './messages.ts';
import { pairRows, pairWish } from './pair-command.ts';
import type { DeskState } from './state.ts';
import type { Store } from './store.ts';
import type { ToldDeps } from './told.ts';

export interface SendDeps extends ToldDeps {
  readonly gateway: Gateway;
  /** What was printed. */
  readonly said: Said;
}

/** Says what was written, or does what is done here; a message that could not go is given back. */
export function send(deps: SendDeps, store: Store<DeskState>, written: Draft): void {
  const { gateway, said, print, size } = deps;
  // One that is too long stays: what it is and what to do about it stands in its place.
  if (isTooLong(written) || written.text.trim() === '') return;
  const shown = withoutProof(written.text);
  store.set({ draft: sent({ ...written, text: shown }) });
  const words = searchWish(written.text);
  if (words !== undefined) {
    store.set({ find: openFind(words, () => searched(said, store.get())) });
    return;
  }
  print(youRows(shown));
  print(helpRows(written.text, KEYS_HELP));
  const channel = pairWish(written.text);
  if (channel !== undefined) return void pairRows(gateway, channel, size()).then(print);
  void say(gateway, written.text).then((trouble) => {
    print(trouble);
    if (trouble.length > 0) store.set({ draft: restored(store.get().draft, written.text) });
  });
}
