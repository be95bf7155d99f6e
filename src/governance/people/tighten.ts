import { AtomError } from '../../base/errors.ts';
import type { Approval, Decider } from '../../domain/approval.ts';
import type { Role } from '../../domain/role.ts';
import { askerOf, type Person } from '../../domain/sender.ts';
import type { Sql } from '../../domain/store.ts';
import { decideApproval, decideBatch, pendingApprovals } from '../../store/tables/approvals.ts';
import { deleteStandingOf } from '../../store/tables/standing.ts';
import type { Audit } from '../audit/append.ts';

/**
 * Takes everything back that hangs on somebody who may do less from now on: a no to what was asked for
 * them, and an end to every yes that stands for them or that they gave. Resolves to the questions as they
 * are now.
 */
export async function voidAllOf(
  { audit, sql }: { readonly audit: Audit; readonly sql: Sql },
  who: Pick<Person, 'channel' | 'id'>,
  { by, at }: { readonly by: Decider; readonly at: number },
): Promise<readonly Approval[]> {
  const asker = askerOf(who);
  for (const { id, program } of await deleteStandingOf(sql, asker))
    await audit(sql, 'standing.revoked', { id, program, because: `${asker} may do less` });
  const open = (await pendingApprovals(sql)).filter((one) => one.asker === asker);
  const denied = { state: 'denied', by, at } as const;
  for (const { id, digest } of open) {
    await decideApproval(sql, id, denied);
    for (const one of [{ id, digest }, ...(await decideBatch(sql, id, denied))])
      await audit(sql, 'approval.denied', { id: one.id, digest: one.digest, by: { ...by } });
  }
  return open.map((one) => ({ ...one, state: 'denied', decidedBy: by, decidedAt: at }));
}

/** Throws AtomError `blocked` for whoever the settings name: only the settings take that back. */
export function requireUnlisted(listed: ReadonlyMap<string, Role>, { channel, id }: Person): void {
  const role = listed.get(id);
  if (role === undefined) return;
  throw new AtomError('blocked', `${channel} ${id} is known as ${role} by your settings.`, {
    next: [`Take it out there:   atom config edit   (channels.${channel}), then start again`],
  });
}
