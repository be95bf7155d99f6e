import { digestOf } from '../base/digest.ts';
import { newId, shortCode } from '../base/ids.ts';
import type { Intent } from '../domain/action.ts';
import type { Approval } from '../domain/approval.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import type { Put } from './approvals/approvals.ts';
import { likeCases } from './batch.ts';
import { makeCard } from './card.ts';
import type { Case } from './case.ts';
import { likenessOf } from './likeness.ts';
import { offersFor } from './standing/offers.ts';
import type { Way } from './way.ts';

/**
 * The question that a decision to ask puts to the owner, with a code that no other open one has, and
 * with it those of like requests among what is `upcoming`: their words are on the same card.
 */
export async function makeQuestion(
  way: Way,
  first: Case,
  upcoming: readonly Intent[],
): Promise<Put> {
  const { deps } = way;
  const others = await likeCases(way, first, upcoming);
  const code = await freshCode(deps);
  const at = deps.clock.now();
  const approval = await questionFor(deps, first, { code, at, others });
  const siblings: Approval[] = [];
  for (const [index, found] of others.entries()) {
    const one = await questionFor(deps, found, { code: `${code}.${index + 1}`, at, others: [] });
    // Its turn comes after the first has run, which may take as long again.
    const expiresAt = one.expiresAt + (one.expiresAt - at);
    siblings.push({ ...one, expiresAt, state: 'batched', head: approval.id });
  }
  return { approval, others: siblings };
}

async function questionFor(
  deps: Way['deps'],
  asked: Case,
  {
    code,
    at,
    others,
  }: { readonly code: string; readonly at: number; readonly others: readonly Case[] },
): Promise<Approval> {
  const { request, decision, subject, digest } = asked;
  const { who, trigger } = await deps.origin(request.context);
  const lifetime = decision.factor === 'tap' ? deps.expiry.tapMs : deps.expiry.typedMs;
  const [id, expiresAt] = [newId(at), at + lifetime];
  const card = makeCard({
    ...asked,
    id,
    code,
    askedAt: at,
    expiresAt,
    who: `${request.principal.kind === 'owner' ? 'you' : who}${throughSkill(request)}`,
    // What stands answers one request, not a list of them.
    offers: others.length === 0 ? offersFor(asked) : [],
    secondFactor: await deps.secondFactor(),
    ...(trigger === undefined ? {} : { trigger }),
    others: others.map(({ prepared }) => prepared.card.words),
    // A button is for everything that the card shows.
    digest: others.length === 0 ? digest : digestOf([digest, ...others.map((one) => one.digest)]),
  });
  const asker = `${subject.channel ?? request.principal.kind}/${subject.sender ?? request.principal.id}`;
  const likeness = likenessOf(request, subject);
  return { id, digest, request, card, asker, likeness, state: 'pending', askedAt: at, expiresAt };
}

const throughSkill = ({ context: { skill } }: Case['request']): string =>
  skill === undefined ? '' : `, through the skill ${skill.name}`;

async function freshCode({ store }: Way['deps']): Promise<string> {
  const taken = new Set((await pendingApprovals(store)).map(({ card }) => card.code));
  let code = shortCode();
  while (taken.has(code)) code = shortCode();
  return code;
}
