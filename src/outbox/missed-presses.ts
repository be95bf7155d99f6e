import { type Address, addressKey } from '../domain/address.ts';
import type { Sql } from '../domain/store.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { cardCopies } from '../store/tables/card-copies.ts';
import { queueText } from './queue.ts';
import type { CardDeps } from './show-cards.ts';

/**
 * Says in each chat of a channel that was away and is back which cards still wait there, where it keeps no
 * press for us: whoever pressed meanwhile would wait for nothing. Once for the same cards.
 */
export async function tellMissed(
  deps: Pick<CardDeps, 'store' | 'clock' | 'facts'>,
  channel: string,
): Promise<void> {
  const facts = deps.facts(channel);
  if (facts.forgetsPresses !== true) return;
  await deps.store.tx(async (sql) => {
    for (const { to, codes } of await waitingIn(sql, channel))
      await queueText(sql, facts, {
        id: `missed:${addressKey(to)}:${codes.join('.')}`,
        to,
        at: deps.clock.now(),
        text: `I could not be reached here for a while: what was pressed then did not arrive. Still waiting: ${codes.join(', ')}`,
      });
  });
}

interface Waiting {
  readonly to: Address;
  readonly codes: readonly string[];
}

/** The chats of a channel in which cards are to be seen that nobody answered. */
async function waitingIn(sql: Sql, channel: string): Promise<readonly Waiting[]> {
  const chats = new Map<string, Waiting>();
  for (const { id, card } of await pendingApprovals(sql)) {
    const copies = await cardCopies(sql, id);
    for (const { to } of copies.filter(
      (one) => one.to.channel === channel && one.state === 'sent',
    )) {
      const known = chats.get(addressKey(to))?.codes ?? [];
      chats.set(addressKey(to), { to, codes: [...known, card.code] });
    }
  }
  return [...chats.values()];
}
