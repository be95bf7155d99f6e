import type { Offer } from '../../domain/standing-approval.ts';
import type { Case } from '../case.ts';
import { mayFollow } from './never.ts';
import { sameWords, type Wish, wishOf } from './wish.ts';

/** What must be the same, to the letter. */
const SCOPE = ['agent', 'action', 'jail', 'access', 'folder', 'sender', 'program'] as const;

/** True where a standing approval answers a case: everything the same, and the words within it. Pure. */
export function covers(offer: Offer, found: Case): boolean {
  const wish = wishOf(found);
  if (!wish || !SCOPE.every((field) => offer[field] === wish[field])) return false;
  return offer.extent === 'exact'
    ? sameWords(offer.words, wish.words)
    : found.decision.complexity < 4 && begins(offer, wish);
}

/** One or more words follow, each of them harmless by itself. */
function begins({ words }: Offer, wish: Wish): boolean {
  const more = wish.words.slice(words.length);
  return (
    more.length > 0 && sameWords(words, wish.words.slice(0, words.length)) && more.every(mayFollow)
  );
}
