import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Bus } from '../bus/bus.ts';
import type { Address } from '../domain/address.ts';
import type { Approval } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { Button } from '../domain/message.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Callbacks } from '../governance/approvals/callback.ts';
import { cardCopies } from '../store/tables/outbox.ts';
import { cardText, decidedText } from './card-text.ts';
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

/** Sends each question to every chat of the owner, and edits every copy once it is decided. */
export function startCards(deps: CardDeps): () => void {
  const told = (work: Promise<void>): void => {
    work.then(
      () => deps.bus.tell('outbound', undefined),
      (error: unknown) => deps.log.error(`a card could not be queued: ${String(error)}`),
    );
  };
  const stopAsked = deps.bus.on('approval.asked', (approval) => told(show(deps, approval)));
  const stopDecided = deps.bus.on('approval.decided', (approval) => told(settle(deps, approval)));
  return () => {
    stopAsked();
    stopDecided();
  };
}

async function show(deps: CardDeps, approval: Approval): Promise<void> {
  const chats = await deps.ownerChats();
  await deps.store.tx(async (sql) => {
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
  const whole = cardText(card);
  // What does not fit on a screen cannot be approved there.
  const fits = whole.length <= facts.maxLength;
  const text = fits
    ? whole
    : `APPROVAL ${card.code} · ${card.risk.toUpperCase()}\nIt is too long to show here. Review it in the terminal: atom approvals show ${card.code}`;
  await queueText(sql, facts, {
    id: `card:${approval.id}:${to.channel}:${to.peer}`,
    to,
    text,
    buttons: buttonsFor(deps.callbacks, card, { approver: to.peer, mayApprove: fits }),
    approval: approval.id,
    at: deps.clock.now(),
  });
}

function buttonsFor(
  callbacks: Callbacks,
  card: Card,
  { approver, mayApprove }: { readonly approver: string; readonly mayApprove: boolean },
): readonly (readonly Button[])[] {
  const no = { label: 'Deny', data: callbacks.sign(card, 'no', approver) };
  const stop = { label: 'Deny & stop', data: callbacks.sign(card, 'stop', approver) };
  if (!mayApprove || card.factor === 'typed') return [[no, stop]];
  return [[{ label: 'Once', data: callbacks.sign(card, 'yes', approver) }, no, stop]];
}

async function settle(deps: CardDeps, approval: Approval): Promise<void> {
  const at = deps.clock.now();
  await deps.store.tx(async (sql) => {
    for (const copy of await cardCopies(sql, approval.id)) {
      const by = approval.decidedBy ? { by: approval.decidedBy } : {};
      await queueText(sql, deps.facts(copy.to.channel), {
        id: `${copy.id}:decided`,
        to: copy.to,
        text: decidedText(approval.card, { state: approval.state, at, ...by }),
        edits: copy.id,
        at,
      });
    }
  });
}
