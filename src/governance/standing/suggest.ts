import { canonical } from '../../base/json.ts';
import type { Approval } from '../../domain/approval.ts';
import type { Offer, StandingApproval } from '../../domain/standing-approval.ts';
import { sameWords } from './wish.ts';

/** An offer that the owner has taken so often, one by one, that it could stand. */
export interface Suggestion {
  readonly offer: Offer;
  /** The newest approval that offered it, and its place among the offers there. */
  readonly approval: string;
  readonly code: string;
  readonly at: number;
  readonly approved: number;
}

const DAYS_30 = 30 * 86_400_000;
const LEAST = 5;

/**
 * What was approved at least five times and never denied in 30 days, for the same agent, sender and
 * jail; the narrowest of each, and none that stands already. Pure; `approvals` newest first.
 */
export function suggestionsFrom(
  approvals: readonly Approval[],
  standing: readonly StandingApproval[],
  now: number,
): readonly Suggestion[] {
  const recent = approvals.filter(({ askedAt }) => askedAt > now - DAYS_30);
  const denied = recent.filter(({ state }) => state === 'denied');
  const counted = [...counts(recent).values()].filter(
    ({ approved, offer }) =>
      approved >= LEAST &&
      !denied.some((one) => isWithin(offer, one)) &&
      !standing.some((one) => sameScope(one, offer) && wordsWithin(one, offer.words)),
  );
  return counted.filter(
    ({ offer }) =>
      offer.extent === 'exact' ||
      !counted.some(
        (other) =>
          other.offer.extent === 'exact' &&
          sameScope(other.offer, offer) &&
          wordsWithin(offer, other.offer.words),
      ),
  );
}

function counts(approvals: readonly Approval[]): ReadonlyMap<string, Suggestion> {
  const all = new Map<string, Suggestion>();
  for (const { id, card, state } of approvals) {
    if (state !== 'approved' && state !== 'used') continue;
    (card.offers ?? []).forEach((offer, at) => {
      const key = canonical({ ...offer, words: [...offer.words] });
      const known = all.get(key) ?? { offer, approval: id, code: card.code, at, approved: 0 };
      all.set(key, { ...known, approved: known.approved + 1 });
    });
  }
  return all;
}

/** What was denied counts for every sender and jail: rather one suggestion too few. */
function isWithin(offer: Offer, { request, card }: Approval): boolean {
  if (request.principal.id !== offer.agent || request.action !== offer.action) return false;
  const { argv } = (request.resource ?? {}) as { readonly argv?: readonly string[] };
  return wordsWithin(offer, argv ?? card.words);
}

const sameScope = (a: Offer, b: Offer): boolean =>
  (['agent', 'action', 'jail', 'access', 'folder', 'sender', 'program'] as const).every(
    (field) => a[field] === b[field],
  );

const wordsWithin = ({ words, extent }: Offer, other: readonly string[]): boolean =>
  sameWords(words, extent === 'exact' ? other : other.slice(0, words.length));
