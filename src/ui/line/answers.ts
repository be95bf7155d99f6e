import { type TypedAnswer, typedAnswer, yesWords } from '../../domain/typed-answer.ts';
import type { Head } from '../card/armed.ts';
import type { Asked, LineMeaning } from './meaning.ts';
import { howToLetIn, personAnswer } from './person-answers.ts';

/** A line counts as an answer once this long went by without one since the card was printed. */
export const LINE_ARM_MS = 1_000;

/**
 * What a line means while a card waits. A line that came too soon was typed before the card could be
 * read and decides nothing; an empty line never approves. Lines do not tell a paste from typing, so only
 * the code of the card approves: nobody who has not seen it can have put it among pasted text.
 */
export function readLine({ head, quietSince }: Asked, line: string, at: number): LineMeaning {
  const text = line.trim();
  if (!head) return text === '' ? { is: 'nothing' } : { is: 'message', text: line };
  if (text === '') return { is: 'hint', text: `Nothing was decided. ${howToAnswer(head)}` };
  const meaning = answerIn(head, text.toLowerCase());
  if (!meaning) return { is: 'message', text: line };
  if (at - quietSince >= LINE_ARM_MS || meaning.is === 'details') return meaning;
  return {
    is: 'hint',
    text: `That came too soon after the question to count. ${howToAnswer(head)}`,
  };
}

function answerIn(head: Head, word: string): LineMeaning | undefined {
  if (head.person !== undefined) return personAnswer(head, head.person, word);
  if (word === 'n' || word === 'no') return { is: 'answer', head, verdict: 'deny', stop: false };
  if (word === 'x') return { is: 'answer', head, verdict: 'deny', stop: true };
  if (word === 'd' || word === 'details') return { is: 'details' };
  const given = typedAnswer(word) ?? typedAnswer(`ok ${word}`);
  if (given?.code === head.code) return typed(head, given);
  return isYes(word) ? notByYes(head, word) : undefined;
}

/** `ok k7p2`, `k7p2 123456`, `k7p2 1h`: the card's code, and what goes with it. */
function typed(head: Head, { verdict, proof, step, stand }: TypedAnswer): LineMeaning {
  if (verdict === 'deny') return { is: 'answer', head, verdict, stop: false };
  const needsDigits = (stand ? head.offerFactor : head.factor) === 'totp';
  if (needsDigits && proof === undefined)
    return { is: 'hint', text: `That alone approves nothing. ${howToAnswer(head)}` };
  return {
    is: 'answer',
    head,
    verdict,
    stop: false,
    ...(proof === undefined ? {} : { code: proof }),
    ...(step ? { step } : {}),
    ...(stand ? { stand } : {}),
  };
}

const isYes = (word: string): boolean => word === 'y' || word === 'yes';

const notByYes = (head: Head, word: string): LineMeaning => ({
  is: 'hint',
  text: `${word} approves nothing here: it could be pasted. ${howToAnswer(head)}`,
});

/** The last sentence of a card. */
export function howToAnswer(head: Head): string {
  if (head.person !== undefined) return howToLetIn(head, head.person);
  const { code, factor, others, offers, offerFactor } = head;
  const digits = offerFactor === 'totp' ? ' and six digits' : '';
  const yes = factor === 'totp' ? `${yesWords(head)} (the six digits of your authenticator)` : code;
  return [
    `Type ${yes} to approve ${others > 0 ? `all ${others + 1}` : 'this once'}`,
    ...(others > 0 ? [`${code} first for the first alone`] : []),
    ...(offers > 0 ? [`${code} 1h${digits} to allow it for an hour`] : []),
    'n to deny, x to deny and stop the task, or details.',
  ].join(', ');
}
