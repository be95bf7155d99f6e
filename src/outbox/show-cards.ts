import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Bus } from '../bus/bus.ts';
import type { Address } from '../domain/address.ts';
import type { Approval } from '../domain/approval.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Callbacks } from '../governance/approvals/callback.ts';
import { findApproval } from '../store/tables/approvals.ts';
import { buttonsFor } from './card-buttons.ts';
import { cardText, whyNotHere } from './card-text.ts';
import { queueText } from './queue.ts';

export interface CardDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly callbacks: Callbacks;
  readonly facts: (channel: string) => ChannelFacts;
  /** The direct chats of the owner on channels that show cards; `peer` is who may press. */
  readonly ownerChats: () => Promise<readonly Address[]>;
}

/** Queues the card of a question for every chat of the owner, unless it has been answered meanwhile. */
export async function showCards(deps: CardDeps, approval: Approval): Promise<void> {
  const chats = await deps.ownerChats();
  await deps.store.tx(async (sql) => {
    // Answered before it could be shown: then nobody is asked any more.
    const now = await findApproval(sql, approval.id);
    if (now?.state !== 'pending') return;
    for (const to of chats) await showIn(deps, sql, { approval, to });
  });
}

async function showIn(
  deps: CardDeps,
  sql: Sql,
  { approval, to }: { approval: Approval; to: Address },
): Promise<void> {
  const facts = deps.facts(to.channel);
  const { card } = approval;
  const notHere = whyNotHere(card, facts);
  const text =
    notHere === undefined
      ? cardText(card)
      : `APPROVAL ${card.code} · ${card.risk.toUpperCase()}\n${notHere}`;
  await queueText(sql, facts, {
    id: `card:${approval.id}:${to.channel}:${to.peer}`,
    to,
    text,
    buttons: buttonsFor(deps.callbacks, card, {
      approver: to.peer,
      mayApprove: notHere === undefined,
      forms: facts.forms === true,
    }),
    approval: approval.id,
    // A question that nobody may answer any more is only noise.
    expiresAt: approval.expiresAt,
    at: deps.clock.now(),
  });
}
