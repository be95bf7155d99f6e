import type { Approval } from '../domain/approval.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { waitingWords } from './answers.ts';
import type { IngressDeps } from './ingress-deps.ts';

/**
 * A message that comes while its session waits for a yes is kept, and its sender told why it rests. `asked`:
 * what the owner is being asked.
 */
export async function explainWaiting(
  deps: Pick<IngressDeps, 'store' | 'notice'>,
  event: InboundEvent,
  {
    session: key,
    role,
    asked,
  }: { readonly session: string; readonly role: Role; readonly asked: readonly Approval[] },
): Promise<void> {
  const session = await sessionByKey(deps.store, key);
  const waiting = asked.find(
    ({ request }) => session !== undefined && request.context.session === session.id,
  );
  if (!waiting) return;
  await deps.notice(event, role === 'owner' ? waitingWords(waiting.card) : OWNER_DECIDES);
}

const OWNER_DECIDES = 'I asked the owner about what was said before. Your message is queued.';
