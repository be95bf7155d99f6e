import { AtomError } from '../base/errors.ts';
import type { Sql } from '../domain/store.ts';
import { spendApproval } from '../store/tables/approvals.ts';
import type { Case } from './case.ts';
import type { GovernorDeps } from './governor-deps.ts';

/** A run that needs a yes, and the one that it was given. */
export interface Spending {
  readonly ready: Case;
  readonly approval?: string;
  readonly standing?: string;
  readonly now: number;
}

/** Takes the yes that this run needs, so that it serves no other. Throws AtomError `blocked` without one. */
export async function spend(
  { boot, standing }: GovernorDeps,
  sql: Sql,
  { ready, approval, standing: stands, now }: Spending,
): Promise<void> {
  const { digest, decision } = ready;
  if (approval === undefined && stands === undefined && decision.verdict === 'allow') return;
  const spent =
    approval === undefined
      ? stands !== undefined && (await standing.use(sql, stands))
      : await spendApproval(sql, { id: approval, digest, boot, now });
  if (!spent)
    throw new AtomError('blocked', 'The approval was used, expired or given for something else.');
}
