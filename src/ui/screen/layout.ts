import { type CardView, cardView } from '../card/card-rows.ts';
import { isNewcomer, isStranger, type Question } from '../card/newcomer.ts';
import { newcomerView } from '../card/newcomer-rows.ts';
import { isTooLong } from '../composer/editor.ts';
import { type ComposerLook, composerRows, tooLongRows } from '../composer/rows.ts';
import type { DeskState, Turn } from '../desk/state.ts';
import { MOST_LINES, shownTurn } from '../desk/turns.ts';
import { MOST_PANE, paneRows } from '../feed/feed-rows.ts';
import { findLine, findRows } from '../find/find-rows.ts';
import type { Row } from '../text/spans.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Rows of the terminal that are never drawn on, for terminals that draw wider than they say. */
const FREE = 2;
const COMPOSER_ROWS = 6;

export interface Layout {
  readonly card?: CardView;
  readonly composer: readonly Row[];
  /** The turn that the progress rows tell about, where one runs and there is room. */
  readonly turn?: Turn;
  /** Rows for what it printed. */
  readonly most: number;
  /** The pane of the feed, where it is open and there is room. */
  readonly feed: readonly Row[];
}

/** What goes where, so that the live region never has more than the terminal's rows less two. */
export function layOut(state: DeskState, size: Size, now: number): Layout {
  const room = Math.max(2, size.rows - FREE) - 1;
  const card = shownCard(state);
  const focused = state.arming.focus === 'composer';
  const look = { columns: size.columns, focused };
  if (!card) {
    const maxRows = Math.max(1, Math.min(COMPOSER_ROWS, room - 2));
    const turn = room > 2 ? shownTurn(state.turns) : undefined;
    const composer = writing(state, { ...look, maxRows });
    const left = room - composer.length - (turn ? 1 : 0);
    const feed = pane(state, { columns: size.columns, most: Math.min(MOST_PANE, left) });
    const most = Math.max(0, Math.min(MOST_LINES, room - composer.length - feed.length - 1));
    return { composer, most, feed, ...(turn ? { turn } : {}) };
  }
  const composer = writing(state, { ...look, maxRows: 1 });
  const { arming, armed, lost, pager } = state;
  const { typed, named, choosing, standing } = arming;
  const cardLook = {
    total: state.cards.length,
    columns: size.columns,
    now,
    focused: !focused,
    armed,
    lost,
    pager,
    typed,
    named,
    choosing,
    standing,
    budget: Math.max(0, room - composer.length),
  };
  const view = isNewcomer(card)
    ? newcomerView({ ...cardLook, newcomer: card, role: arming.head?.person ?? card.pairing.role })
    : cardView({ ...cardLook, card });
  return { card: view, composer, most: 0, feed: [] };
}

/** A search stands where the message does, and above it what it found in place of the feed. */
function writing({ find, draft }: DeskState, look: ComposerLook): readonly Row[] {
  if (find) return findLine(find, look);
  return isTooLong(draft) ? tooLongRows(draft, look) : composerRows(draft, look);
}

function pane(
  { find, feed }: DeskState,
  look: { readonly columns: number; readonly most: number },
): readonly Row[] {
  if (find) return findRows(find, look);
  return feed ? paneRows(feed, look) : [];
}

/** The head of the queue; a stranger only once the owner asked to see them. */
function shownCard({ cards: [card], arming }: DeskState): Question | undefined {
  return card && isStranger(card) && arming.focus === 'composer' ? undefined : card;
}
