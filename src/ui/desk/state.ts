import type { FeedPost } from '../../domain/feed-post.ts';
import type { LastLines } from '../../domain/last-lines.ts';
import type { Status } from '../../protocol/status.ts';
import { type Arming, type Head, unarmed } from '../card/armed.ts';
import { closedPager, type Pager } from '../card/card-rows.ts';
import { isNewcomer, type Newcomer, type Question } from '../card/newcomer.ts';
import { type Draft, emptyDraft } from '../composer/editor.ts';
import type { Find } from '../find/find.ts';

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
  readonly cards: readonly Question[];
  readonly arming: Arming;
  /** True where a key may decide now. */
  readonly armed: boolean;
  /** True for a moment after a key that did nothing on the card. */
  readonly lost: boolean;
  readonly pager: Pager;
  readonly turns: readonly Turn[];
  /** The newest posts, the newest last, while the pane of the feed is open. */
  readonly feed?: readonly FeedPost[] | undefined;
  /** A search that is open: it has the keys of the composer. */
  readonly find?: Find | undefined;
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
export const headOf = ([card]: readonly Question[]): Head | undefined => card && headFor(card);

/** What keys and typed lines need to know of a card. */
export function headFor(question: Question): Head {
  if (isNewcomer(question)) return personHead(question);
  const { id, code, factor, others, offers, offerFactor } = question;
  return {
    id,
    code,
    factor,
    others: others?.length ?? 0,
    offers: offers?.length ?? 0,
    offerFactor: offerFactor ?? 'tap',
  };
}

const personHead = ({ id, pairing, secondFactor }: Newcomer): Head => ({
  id,
  code: id,
  factor: secondFactor ? 'totp' : 'tap',
  others: 0,
  offers: 0,
  offerFactor: 'tap',
  person: pairing.role,
});
