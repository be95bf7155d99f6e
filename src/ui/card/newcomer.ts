import type { Card } from '../../domain/card.ts';
import type { Answers } from '../../protocol/answers.ts';
import { deciding, hasOwner } from '../../protocol/newcomers.ts';
import type { PairingView } from '../../protocol/people-methods.ts';

/** Somebody who is to be let in or refused. */
export interface Newcomer {
  readonly kind: 'newcomer';
  readonly id: string;
  readonly pairing: PairingView;
  /** More than a guest takes the digits of the second factor. */
  readonly secondFactor: boolean;
  /** Nobody besides this terminal is an owner yet. */
  readonly isFirst: boolean;
  readonly expiresAt: number;
}

/** What waits for the owner: something to do, or somebody. */
export type Question = Card | Newcomer;

export const isNewcomer = (question: Question): question is Newcomer =>
  question.kind === 'newcomer';

/** Somebody who wrote uninvited: shown when the owner wants to, and never before anything else. */
export const isStranger = (question: Question): boolean =>
  isNewcomer(question) && question.pairing.kind === 'code';

/** Who waits, as the gateway tells it. */
export const newcomersIn = (people: Answers['senders.list'], now: number): readonly Newcomer[] =>
  deciding(people).map((pairing) => ({
    kind: 'newcomer',
    id: pairing.id,
    pairing,
    secondFactor: people.secondFactor,
    isFirst: !hasOwner(people),
    expiresAt: now + pairing.leftMs,
  }));

/** The queue with those who wait now, in the order in which they came. */
export function withNewcomers(
  questions: readonly Question[],
  newcomers: readonly Newcomer[],
): readonly Question[] {
  const kept = questions.flatMap((one): readonly Question[] =>
    isNewcomer(one) ? newcomers.filter(({ id }) => id === one.id) : [one],
  );
  const known = new Set(questions.map(({ id }) => id));
  return inOrder([...kept, ...newcomers.filter(({ id }) => !known.has(id))]);
}

/** The queue with one more request. */
export const withCard = (questions: readonly Question[], card: Card): readonly Question[] =>
  inOrder([...questions.filter(({ id }) => id !== card.id), card]);

const inOrder = (questions: readonly Question[]): readonly Question[] =>
  questions.toSorted((a, b) => Number(isStranger(a)) - Number(isStranger(b)));
