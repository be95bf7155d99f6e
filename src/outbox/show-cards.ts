import type { Log } from '../base/log.ts';
import type { Bus } from '../bus/bus.ts';
import type { Address } from '../domain/address.ts';
import type { Approval } from '../domain/approval.ts';
import type { ChannelHealth } from '../domain/channel.ts';
import type { Sql, Store } from '../domain/store.ts';
import { findApproval } from '../store/tables/approvals.ts';
import { cardCopies } from '../store/tables/card-copies.ts';
import type { Queued } from '../store/tables/outbox.ts';
import { type CopyDeps, copyFor, queueCopy, tellOthers } from './card-copy.ts';
import { whyNotHere } from './card-text.ts';

export interface CardDeps extends CopyDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly log: Log;
  /** The direct chats of the owner on channels that show cards; `peer` is who may press. */
  readonly ownerChats: () => Promise<readonly Address[]>;
  /** Names of channels, the first to be asked on at the head; empty where all are asked at once. */
  readonly order: readonly string[];
  /** How long a card may take to arrive before it is shown on the next channel as well. */
  readonly fallbackMs: number;
  /** How a channel does, where that is known. */
  readonly health: (channel: string) => ChannelHealth['state'] | undefined;
}

/**
 * Queues the card of a question for the owner's chats on the first channel of their order where it can be
 * approved and does arrive, and on those before it; unless it has been answered meanwhile. Called again,
 * it goes on to the next channel where one turned out to be broken. Resolves to whether it still waits.
 */
export async function showCards(deps: CardDeps, approval: Approval): Promise<boolean> {
  const ways = ranked(await deps.ownerChats(), deps.order);
  return deps.store.tx(async (sql) => {
    // Answered before it could be shown: then nobody is asked any more.
    const now = await findApproval(sql, approval.id);
    if (now?.state !== 'pending') return false;
    await showIn(deps, sql, { approval, ways });
    return true;
  });
}

/** The chats of each channel in their order, then all others together. */
function ranked(
  chats: readonly Address[],
  order: readonly string[],
): readonly (readonly Address[])[] {
  const rest = chats.filter(({ channel }) => !order.includes(channel));
  const named = order.map((name) => chats.filter(({ channel }) => channel === name));
  return [...named, rest].filter((group) => group.length > 0);
}

interface Showing {
  readonly approval: Approval;
  readonly ways: readonly (readonly Address[])[];
}

async function showIn(deps: CardDeps, sql: Sql, { approval, ways }: Showing): Promise<void> {
  const copies = await cardCopies(sql, approval.id);
  const good = ways.findIndex((group) =>
    group.some((to) => arrives(deps, { approval, copies, to })),
  );
  const chats = (good < 0 ? ways : ways.slice(0, good + 1)).flat();
  const isThere = (to: Address): boolean => copyFor(copies, approval, to) !== undefined;
  const missing = chats.filter((to) => !isThere(to));
  // What was shown on a channel further down stays there, though one before it is well again.
  const places = [...chats, ...copies.map(({ to }) => to)].map(({ channel }) => channel);
  const labels = (except: string): readonly string[] =>
    [...new Set(places)].filter((name) => name !== except).map((name) => deps.facts(name).label);
  for (const to of missing) await queueCopy(deps, sql, { approval, to, also: labels(to.channel) });
  for (const copy of copies)
    await tellOthers(deps, sql, { approval, copy, also: labels(copy.to.channel) });
}

interface Arriving {
  readonly approval: Approval;
  readonly copies: readonly Queued[];
  readonly to: Address;
}

/** False where it cannot be approved there, did not arrive, or takes too long; a channel that is down counts as long. */
function arrives(deps: CardDeps, { approval, copies, to }: Arriving): boolean {
  if (whyNotHere(approval.card, deps.facts(to.channel)) !== undefined) return false;
  const health = deps.health(to.channel);
  if (health === 'failed') return false;
  const copy = copyFor(copies, approval, to);
  if (copy === undefined) return true;
  if (copy.state === 'failed' || copy.state === 'uncertain' || copy.state === 'expired')
    return false;
  const isLate = deps.clock.now() - copy.at >= deps.fallbackMs;
  return !isLate || (copy.state === 'sent' && health !== 'retrying');
}
