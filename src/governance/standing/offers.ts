import type { Offer } from '../../domain/standing-approval.ts';
import type { Case } from '../case.ts';
import { mayStand } from '../decide.ts';
import { mayBegin } from './never.ts';
import { type Wish, whyNotKept, wishOf } from './wish.ts';

/**
 * The standing approvals that could answer a case from now on, narrowest first; none where it must be
 * asked about every time.
 */
export function offersFor(found: Case): readonly Offer[] {
  const { decision, agent } = found;
  if (!mayStand(decision, agent?.maturity ?? 'student')) return [];
  const wish = wishOf(found);
  if (!wish) return [];
  const shorter = { ...wish, words: wish.words.slice(0, -1) };
  const mayBeMore = decision.complexity < 4 && mayBegin(shorter.words, wish.program);
  return [
    { ...wish, extent: 'exact' },
    ...(mayBeMore ? [{ ...shorter, extent: 'prefix' } as const] : []),
  ];
}

/** Why an offer may not be kept, in words; undefined where it may. */
export function whyNotOffered({ extent, ...wish }: Offer): string | undefined {
  const why = whyNotKept(wish satisfies Wish);
  if (why !== undefined || extent === 'exact' || mayBegin(wish.words, wish.program)) return why;
  return 'these words may not be the beginning of others';
}
