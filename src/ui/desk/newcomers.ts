import { visible } from '../../base/visible.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { PairingView } from '../../protocol/people-methods.ts';
import {
  isNewcomer,
  isStranger,
  type Newcomer,
  newcomersIn,
  type Question,
  withNewcomers,
} from '../card/newcomer.ts';
import { type Row, row } from '../text/spans.ts';

/** The queue with those who wait now, and what is said above of who came and who was not confirmed. */
export interface PeopleTold {
  readonly cards: readonly Question[];
  readonly over: readonly Row[];
  /** Their cards show themselves only when they are asked for. */
  readonly strangers: readonly Row[];
}

/** Works who waits into the queue. */
export function tellPeople(
  before: readonly Question[],
  people: Answers['senders.list'],
  now: number,
): PeopleTold {
  const cards = withNewcomers(before, newcomersIn(people, now));
  const gone = missingFrom(cards, before).filter(({ expiresAt }) => expiresAt <= now);
  return {
    cards,
    over: gone.map(({ pairing }) =>
      row(`Nobody confirmed ${nameOf(pairing)} in time, so nobody was let in.`, 'caution'),
    ),
    strangers: missingFrom(before, cards).filter(isStranger).map(strangerRow),
  };
}

const strangerRow = ({ id, pairing }: Newcomer): Row =>
  row(`${nameOf(pairing)} waits: press Tab, or   atom senders approve ${id}`, 'caution');

/** That somebody was refused, here or elsewhere. Of everything else about people the feed tells. */
export const refusedRows = (pairing: PairingView): readonly Row[] =>
  pairing.state === 'refused'
    ? [row(`Refused ${nameOf(pairing)}. They get no answer.`, 'caution')]
    : [];

const missingFrom = (some: readonly Question[], all: readonly Question[]) =>
  all.filter(isNewcomer).filter(({ id }) => !some.some((one) => one.id === id));

const nameOf = ({ channel, who }: PairingView): string =>
  visible(who ? `${channel} ${who.id}` : channel);
