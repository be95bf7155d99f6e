import { newId, shortCode } from '../base/ids.ts';
import type { Approval } from '../domain/approval.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { makeCard } from './card.ts';
import type { Case } from './case.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { offersFor } from './standing/offers.ts';

/** The question that a decision to ask puts to the owner, with a code that no other open one has. */
export async function makeQuestion(deps: GovernorDeps, asked: Case): Promise<Approval> {
  const { request, decision, digest } = asked;
  const { who, trigger } = await deps.origin(request.context);
  const code = await freshCode(deps);
  const askedAt = deps.clock.now();
  const lifetime = decision.factor === 'tap' ? deps.expiry.tapMs : deps.expiry.typedMs;
  const [id, expiresAt] = [newId(askedAt), askedAt + lifetime];
  const card = makeCard({
    ...{ ...asked, who, id, code, askedAt, expiresAt },
    offers: offersFor(asked),
    ...(trigger === undefined ? {} : { trigger }),
  });
  return { id, digest, request, card, state: 'pending', askedAt, expiresAt };
}

async function freshCode({ store }: GovernorDeps): Promise<string> {
  const taken = new Set((await pendingApprovals(store)).map(({ card }) => card.code));
  let code = shortCode();
  while (taken.has(code)) code = shortCode();
  return code;
}
