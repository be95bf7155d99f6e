import type { Card } from '../../domain/card.ts';
import type { LastLines } from '../../domain/last-lines.ts';
import type { Status } from '../../protocol/status.ts';
import { type Arming, type Head, unarmed } from '../card/armed.ts';
import { closedPager, type Pager } from '../card/card-rows.ts';
import { type Draft, emptyDraft } from '../composer/editor.ts';

/** A turn that runs, in words. */
export interface Turn {
  readonly session: string;
  readonly words: string;
  /** What its command printed last. */
  readonly tail: LastLines;
}

/** Everything the screen shows below the scrollback. */
export interface DeskState {
  readonly status?: Status;
  readonly draft: Draft;
  /** What waits for the owner; the first is the one that is shown. */
  readonly cards: readonly Card[];
  readonly arming: Arming;
  /** True where a key may decide now. */
  readonly armed: boolean;
  /** True for a moment after a key that did nothing on the card. */
  readonly lost: boolean;
  readonly pager: Pager;
  readonly turns: readonly Turn[];
  readonly stopping: boolean;
  /** Nothing is drawn any more. */
  readonly over: boolean;
}

export const firstState = (at: number): DeskState => ({
  draft: emptyDraft,
  cards: [],
  arming: unarmed(at),
  armed: false,
  lost: false,
  pager: closedPager,
  turns: [],
  stopping: false,
  over: false,
});

/** What arming needs to know of the card that is shown. */
export const headOf = ([card]: readonly Card[]): Head | undefined => card && headFor(card);

/** What keys and typed lines need to know of a card. */
export const headFor = ({ id, code, factor, ...card }: Card): Head => ({
  ...{ id, code, factor },
  others: card.others?.length ?? 0,
  offers: card.offers?.length ?? 0,
  offerFactor: card.offerFactor ?? 'tap',
});
