import type { Approval } from '../domain/approval.ts';
import { cardCopies } from '../store/tables/outbox.ts';
import { decidedText } from './card-text.ts';
import { roomIn } from './doubt.ts';
import { queueText } from './queue.ts';
import { type CardDeps, showCards } from './show-cards.ts';

/** Sends each question to every chat of the owner, and edits every copy once it is decided. */
export function startCards(deps: CardDeps): () => void {
  const told = (work: Promise<void>): void => {
    work.then(
      () => deps.bus.tell('outbound', undefined),
      (error: unknown) => deps.log.error(`a card could not be queued: ${String(error)}`),
    );
  };
  const stopAsked = deps.bus.on('approval.asked', (approval) => told(showCards(deps, approval)));
  const stopDecided = deps.bus.on('approval.decided', (approval) => told(settle(deps, approval)));
  return () => {
    stopAsked();
    stopDecided();
  };
}

async function settle(deps: CardDeps, approval: Approval): Promise<void> {
  const at = deps.clock.now();
  await deps.store.tx(async (sql) => {
    for (const copy of await cardCopies(sql, approval.id)) {
      const by = approval.decidedBy ? { by: approval.decidedBy } : {};
      const facts = deps.facts(copy.to.channel);
      const decided = { state: approval.state, at, ...by };
      await queueText(sql, facts, {
        id: `${copy.id}:decided`,
        to: copy.to,
        text: decidedText(approval.card, decided, roomIn(facts)),
        edits: copy.id,
        at,
      });
    }
  });
}
