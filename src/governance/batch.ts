import type { Intent } from '../domain/action.ts';
import type { Case } from './case.ts';
import { examine } from './examine.ts';
import { programIn } from './likeness.ts';
import type { Way } from './way.ts';

/** More commands than these on one card are a list that nobody reads. */
const MOST = 10;

/**
 * What the same plan asks for next and what is so like the first that one card can ask about all of
 * it: the same program in the same jail, a change and no more than that, nothing on standard input.
 * What destroys has a card of its own, always.
 */
export async function likeCases(
  way: Way,
  first: Case,
  upcoming: readonly Intent[],
): Promise<readonly Case[]> {
  if (!mayBatch(first)) return [];
  const like: Case[] = [];
  for (const intent of upcoming) {
    if (like.length === MOST || intent.action !== first.request.action) break;
    const found = await examineIfPossible(way, intent);
    if (!found || !mayBatch(found) || !isLike(found, first)) break;
    like.push(found);
  }
  return like;
}

const mayBatch = ({ decision, prepared, subject }: Case): boolean =>
  decision.verdict === 'ask' &&
  decision.complexity < 4 &&
  subject.commands.length > 0 &&
  prepared.card.detail === undefined;

const isLike = (a: Case, b: Case): boolean =>
  a.decision.complexity === b.decision.complexity &&
  a.subject.jail === b.subject.jail &&
  a.prepared.card.kind === b.prepared.card.kind &&
  a.prepared.card.folder === b.prepared.card.folder &&
  programIn(a.subject) === programIn(b.subject);

/** What cannot be done yet, such as a look into a folder still to be made, is asked about in its turn. */
async function examineIfPossible(way: Way, intent: Intent): Promise<Case | undefined> {
  try {
    return await examine(way.deps, way, intent);
  } catch (error) {
    way.deps.log.debug(`not asked ahead: ${String(error)}`);
    return undefined;
  }
}
