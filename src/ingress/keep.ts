import type { Approval } from '../domain/approval.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { personOf } from '../domain/sender.ts';
import type { Sql } from '../domain/store.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { laneDepth } from '../store/tables/lanes.ts';
import { noteHeard } from '../store/tables/senders.ts';
import { spoolEvent } from '../store/tables/spool.ts';
import type { IngressDeps } from './ingress-deps.ts';

/** Which conversation a message is for, by its session's key, and who its sender is here. */
export interface Heard {
  readonly session: string;
  readonly role: Role;
}

/** A message that is kept now, how many wait in its session with it, and what the owner is being asked. */
export interface Kept {
  readonly waiting: number;
  readonly asked: readonly Approval[];
}

/** Keeps a message within the caller's transaction, with all that decides whether it is. */
export async function keep(
  { backlog }: IngressDeps,
  sql: Sql,
  { event, session, role }: Heard & { readonly event: InboundEvent },
): Promise<Kept | 'known' | 'no room'> {
  const own = await laneDepth(sql, 'in', session);
  if (role === 'owner') await backlog.requireRoom(sql);
  else if (!(await backlog.hasRoomForOthers(sql, session, own))) return 'no room';
  await noteHeard(sql, personOf(event), event.at);
  if (!(await spoolEvent(sql, event, session))) return 'known';
  return { waiting: own + 1, asked: await pendingApprovals(sql) };
}
