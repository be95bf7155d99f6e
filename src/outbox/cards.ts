import type { Approval } from '../domain/approval.ts';
import { cardCopies } from '../store/tables/card-copies.ts';
import { decidedText } from './card-text.ts';
import { roomIn } from './doubt.ts';
import { tellMissed } from './missed-presses.ts';
import { queueText } from './queue.ts';
import { type CardDeps, showCards } from './show-cards.ts';

/**
 * Shows each question in the owner's chats, looks after it until it is answered, and edits every copy
 * once it is. Returns how to stop.
 */
export function startCards(deps: CardDeps): () => void {
  const waiting = new Map<
    string,
    { readonly approval: Approval; readonly timer: NodeJS.Timeout }
  >();
  const told = (work: Promise<void>): void => {
    work.then(
      () => deps.bus.tell('outbound', undefined),
      (error: unknown) => deps.log.error(`a card could not be queued: ${String(error)}`),
    );
  };
  const forget = (id: string): void => {
    clearTimeout(waiting.get(id)?.timer);
    waiting.delete(id);
  };
  const show = async (approval: Approval): Promise<void> => {
    forget(approval.id);
    // With one channel, or all asked at once, there is no next one.
    if (deps.order.length > 0) {
      const timer = setTimeout(() => told(show(approval)), deps.fallbackMs).unref();
      waiting.set(approval.id, { approval, timer });
    }
    if (!(await showCards(deps, approval))) forget(approval.id);
  };
  const stops = [
    deps.bus.on('approval.asked', (approval) => told(show(approval))),
    deps.bus.on('card.undelivered', ({ approval: id }) => {
      const known = waiting.get(id);
      if (known) told(show(known.approval));
    }),
    deps.bus.on('channel.back', ({ channel }) => told(tellMissed(deps, channel))),
    deps.bus.on('approval.decided', (approval) => {
      forget(approval.id);
      told(settle(deps, approval));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const id of [...waiting.keys()]) forget(id);
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
