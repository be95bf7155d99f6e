import { newId, shortCode } from '../base/ids.ts';
import type { Approval } from '../domain/approval.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { type CardParts, makeCard } from './card.ts';
import type { GovernorDeps } from './governor-deps.ts';

type Asked = Pick<CardParts, 'request' | 'prepared' | 'decision' | 'digest'>;

/** The question that a decision to ask puts to the owner, with a code that no other open one has. */
export async function makeQuestion(deps: GovernorDeps, asked: Asked): Promise<Approval> {
  const { request, decision, digest } = asked;
  const origin = await deps.origin(request.context);
  const code = await freshCode(deps);
  const askedAt = deps.clock.now();
  const lifetime = decision.factor === 'typed' ? deps.expiry.typedMs : deps.expiry.tapMs;
  const [id, expiresAt] = [newId(askedAt), askedAt + lifetime];
  const card = makeCard({ ...asked, ...origin, id, code, askedAt, expiresAt });
  return { id, digest, request, card, state: 'pending', askedAt, expiresAt };
}

async function freshCode({ store }: GovernorDeps): Promise<string> {
  const taken = new Set((await pendingApprovals(store)).map(({ card }) => card.code));
  let code = shortCode();
  while (taken.has(code)) code = shortCode();
  return code;
}
