import type { Approval } from '../../domain/approval.ts';
import type { Halted } from '../../domain/halt.ts';
import type { Sql } from '../../domain/store.ts';
import { decideApproval, pendingApprovals } from '../../store/tables/approvals.ts';
import { putHalt } from '../../store/tables/halt.ts';
import { endBegun } from '../../store/tables/spool.ts';
import type { Audit } from '../audit/append.ts';

/**
 * Puts a panic on record within one transaction: the halt itself, a no to every question that is open,
 * and the end of every turn that was begun. Resolves to the questions as they are now.
 */
export async function recordPanic(
  audit: Audit,
  sql: Sql,
  { halted, again }: { readonly halted: Halted; readonly again: boolean },
): Promise<readonly Approval[]> {
  const { by, at } = halted;
  await putHalt(sql, halted);
  const open = await pendingApprovals(sql);
  const stopped = await endBegun(sql, 'stopped');
  const denied = open.map(({ card }) => card.code);
  await audit(sql, 'halt.panic', { by: { ...by }, again, denied, stopped: [...stopped] });
  for (const { id, digest } of open) {
    await decideApproval(sql, id, { state: 'denied', by, at });
    await audit(sql, 'approval.denied', { id, digest, by: { ...by } });
  }
  return open.map((one) => ({ ...one, state: 'denied', decidedBy: by, decidedAt: at }));
}
