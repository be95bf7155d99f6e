import type { ActionRequest } from '../../domain/action.ts';
import type { Approval, ApprovalState, Decider } from '../../domain/approval.ts';
import { capabilityOf } from '../../domain/capability.ts';
import type { Card } from '../../domain/card.ts';
import type { Row, Sql } from '../../domain/store.ts';
import { eventsOf, rootOf } from './errands.ts';

export const insertApproval = (sql: Sql, approval: Approval, boot: string): Promise<number> =>
  sql.run(
    `INSERT INTO approval(id, code, boot, digest, request, card, state, asked_at, expires_at,
       asker, likeness, task, intent, head, agent, capability)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    approval.id,
    approval.card.code,
    boot,
    approval.digest,
    JSON.stringify(approval.request),
    JSON.stringify(approval.card),
    approval.state,
    approval.askedAt,
    approval.expiresAt,
    approval.asker,
    approval.likeness,
    approval.request.context.event ?? null,
    approval.request.id,
    approval.head ?? null,
    approval.request.principal.kind === 'agent' ? approval.request.principal.id : null,
    capabilityOf(approval.request),
  );

/** By id, or by code: the pending one, else the newest that had it. */
export async function findApproval(sql: Sql, ref: string): Promise<Approval | undefined> {
  const row = await sql.get(
    `SELECT * FROM approval WHERE id = $1 OR code = $1
     ORDER BY state = 'pending' DESC, asked_at DESC LIMIT 1`,
    ref,
  );
  return row && approvalOf(row);
}

export async function pendingApprovals(sql: Sql): Promise<readonly Approval[]> {
  const rows = await sql.all(
    `SELECT * FROM approval WHERE state = 'pending' ORDER BY asked_at, id`,
  );
  return rows.map(approvalOf);
}

export async function recentApprovals(sql: Sql, limit: number): Promise<readonly Approval[]> {
  const rows = await sql.all(
    'SELECT * FROM approval ORDER BY asked_at DESC, id DESC LIMIT $1',
    limit,
  );
  return rows.map(approvalOf);
}

/** How many questions wait: those of one asker, and all. */
export async function countPending(
  sql: Sql,
  asker: string,
): Promise<{ readonly own: number; readonly all: number }> {
  const row = await sql.get(
    `SELECT count(*) AS total, sum(CASE WHEN asker = $1 THEN 1 ELSE 0 END) AS own
     FROM approval WHERE state = 'pending'`,
    asker,
  );
  return { own: Number(row?.own ?? 0), all: Number(row?.total ?? 0) };
}

/** True where somebody was told no about the same thing in the same task, whichever agent asked. */
export const wasDenied = async (
  sql: Sql,
  asked: { readonly task: string; readonly likeness: string },
): Promise<boolean> => {
  const tasks = await eventsOf(sql, await rootOf(sql, asked.task));
  const row = await sql.get(
    `SELECT 1 AS one FROM approval WHERE task IN (SELECT value FROM json_each($1)) AND likeness = $2
     AND state = 'denied' LIMIT 1`,
    JSON.stringify(tasks),
    asked.likeness,
  );
  return row !== undefined;
};

/** Who said yes to an intent, whether or not it was run since. */
export async function yesTo(sql: Sql, intent: string): Promise<Decider | undefined> {
  const row = await sql.get(
    `SELECT * FROM approval WHERE intent = $1 AND state IN ('approved', 'used') ORDER BY asked_at DESC LIMIT 1`,
    intent,
  );
  return row && approvalOf(row).decidedBy;
}

/** What was answered about an intent before its turn came, together with a like one. */
export async function answeredAhead(sql: Sql, intent: string): Promise<Approval | undefined> {
  const row = await sql.get(
    `SELECT * FROM approval WHERE intent = $1 AND head IS NOT NULL ORDER BY asked_at DESC, id DESC LIMIT 1`,
    intent,
  );
  return row && approvalOf(row);
}

/** Answers everything that was put with a question; the ids and digests of what that was. */
export async function decideBatch(
  sql: Sql,
  head: string,
  decided: { readonly state: ApprovalState; readonly by?: Decider; readonly at: number },
): Promise<readonly Approval[]> {
  const rows = await sql.all(
    `UPDATE approval SET state = $1, decided_by = $2, decided_at = $3
     WHERE head = $4 AND state = 'batched' RETURNING *`,
    decided.state,
    decided.by ? JSON.stringify(decided.by) : null,
    decided.at,
    head,
  );
  return rows.map(approvalOf);
}

/** Takes a pending approval to another state, once. False where it was not pending any more. */
export const decideApproval = async (
  sql: Sql,
  id: string,
  decided: { readonly state: ApprovalState; readonly by?: Decider; readonly at: number },
): Promise<boolean> =>
  (await sql.run(
    `UPDATE approval SET state = $1, decided_by = $2, decided_at = $3 WHERE id = $4 AND state = 'pending'`,
    decided.state,
    decided.by ? JSON.stringify(decided.by) : null,
    decided.at,
    id,
  )) === 1;

/** Spends a yes: once, for this digest, by this boot, before it expires. False in every other case. */
export const spendApproval = async (
  sql: Sql,
  spent: {
    readonly id: string;
    readonly digest: string;
    readonly boot: string;
    readonly now: number;
  },
): Promise<boolean> =>
  (await sql.run(
    `UPDATE approval SET state = 'used'
     WHERE id = $1 AND digest = $2 AND boot = $3 AND state = 'approved' AND expires_at > $4`,
    spent.id,
    spent.digest,
    spent.boot,
    spent.now,
  )) === 1;

/** Questions and answers of an earlier run of the gateway count no more; returns those it closed. */
export async function expireOtherBoots(
  sql: Sql,
  boot: string,
  at: number,
): Promise<readonly Approval[]> {
  const rows = await sql.all(
    `UPDATE approval SET state = 'expired', decided_at = $1
     WHERE boot <> $2 AND state IN ('pending', 'batched', 'approved') RETURNING *`,
    at,
    boot,
  );
  return rows.map(approvalOf);
}

export function approvalOf(row: Row): Approval {
  const base = {
    id: String(row.id),
    digest: String(row.digest),
    request: JSON.parse(String(row.request)) as ActionRequest,
    card: JSON.parse(String(row.card)) as Card,
    asker: String(row.asker),
    likeness: String(row.likeness),
    ...(row.head === null ? {} : { head: String(row.head) }),
    state: String(row.state) as ApprovalState,
    askedAt: Number(row.asked_at),
    expiresAt: Number(row.expires_at),
  };
  const at = row.decided_at === null ? {} : { decidedAt: Number(row.decided_at) };
  const by = row.decided_by ? { decidedBy: JSON.parse(String(row.decided_by)) as Decider } : {};
  return { ...base, ...at, ...by };
}
