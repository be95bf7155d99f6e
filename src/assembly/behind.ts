import type { InboundEvent } from '../domain/event.ts';
import type { Sql } from '../domain/store.ts';
import { errandOf } from '../store/tables/errands.ts';
import { findEvent } from '../store/tables/spool.ts';

/**
 * The event that began what an event of another agent is part of: all of it is done for whoever said that.
 * `owner` where the owner began it without a message; undefined where nobody can tell any more.
 */
export async function behind(sql: Sql, event: string): Promise<InboundEvent | 'owner' | undefined> {
  const errand = await errandOf(sql, event);
  if (!errand) return undefined;
  const first = errand.root === event ? errand : await errandOf(sql, errand.root);
  if (!first) return findEvent(sql, errand.root);
  return first.root === first.event && first.asker === undefined ? 'owner' : undefined;
}
