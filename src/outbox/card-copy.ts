import type { Clock } from '../base/clock.ts';
import type { Address } from '../domain/address.ts';
import type { Approval } from '../domain/approval.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { Sql } from '../domain/store.ts';
import type { Callbacks } from '../governance/approvals/callback.ts';
import { rewordMessage } from '../store/tables/card-copies.ts';
import type { Queued } from '../store/tables/outbox.ts';
import { buttonsFor } from './card-buttons.ts';
import { alsoText, cardText, whyNotHere } from './card-text.ts';
import { roomIn } from './doubt.ts';
import { queueText } from './queue.ts';

export interface CopyDeps {
  readonly clock: Clock;
  readonly callbacks: Callbacks;
  readonly facts: (channel: string) => ChannelFacts;
}

/** One copy of a card. `also`: what the other places are called that it waits in. */
interface Copy {
  readonly approval: Approval;
  readonly to: Address;
  readonly also: readonly string[];
}

const idOf = ({ id }: Approval, { channel, peer }: Address): string =>
  `card:${id}:${channel}:${peer}`;

/** The copy that a chat was sent, if it was. */
export const copyFor = (
  copies: readonly Queued[],
  approval: Approval,
  to: Address,
): Queued | undefined => copies.find(({ id }) => id === idOf(approval, to));

/** Queues the card for a chat, with buttons for whoever it belongs to. */
export const queueCopy = (deps: CopyDeps, sql: Sql, copy: Copy): Promise<void> =>
  queueText(sql, deps.facts(copy.to.channel), {
    id: idOf(copy.approval, copy.to),
    to: copy.to,
    at: deps.clock.now(),
    ...shown(deps, copy),
    approval: copy.approval.id,
    // A question that nobody may answer any more is only noise.
    expiresAt: copy.approval.expiresAt,
  });

/** Has an earlier copy say where else it waits by now, where it can still be changed. */
export async function tellOthers(
  deps: CopyDeps,
  sql: Sql,
  { approval, copy, also }: Omit<Copy, 'to'> & { readonly copy: Queued },
): Promise<void> {
  if (copy.text.endsWith(alsoText(also))) return;
  const facts = deps.facts(copy.to.channel);
  const { text, buttons } = shown(deps, { approval, to: copy.to, also });
  if (await rewordMessage(sql, copy, text)) return;
  // A channel that changes nothing says no, as it will to the card once that is decided.
  if (copy.state !== 'sent') return;
  await queueText(sql, facts, {
    id: `${copy.id}:also${also.length}`,
    to: copy.to,
    text,
    buttons,
    edits: copy.id,
    at: deps.clock.now(),
    expiresAt: approval.expiresAt,
  });
}

function shown({ callbacks, facts: factsOf }: CopyDeps, { approval, to, also }: Copy) {
  const { card } = approval;
  const facts = factsOf(to.channel);
  const notHere = whyNotHere(card, facts);
  const text =
    notHere === undefined
      ? cardText(card)
      : `APPROVAL ${card.code} · ${card.risk.toUpperCase()}\n${notHere}`;
  const others = alsoText(also);
  return {
    // The card comes first: where both do not fit, it stands alone.
    text: text.length + others.length <= roomIn(facts) ? text + others : text,
    buttons: buttonsFor(callbacks, card, {
      // In a direct chat the peer is the person.
      approver: { channel: to.channel, account: to.account, id: to.peer },
      mayApprove: notHere === undefined,
      mayStand: whyNotHere(card, facts, true) === undefined,
      forms: facts.forms === true,
    }),
  };
}
