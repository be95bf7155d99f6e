import type { Approval } from '../../domain/approval.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { TranscriptEntry } from '../../domain/session.ts';
import type { Sql } from '../../domain/store.ts';
import { turnOf } from '../../domain/summary-event.ts';
import { approvalOf } from './approvals.ts';
import { entryOf as auditEntryOf } from './audit.ts';
import { ENTRY, entryOf } from './transcript.ts';

/** More entries than any turn writes. */
const MOST_ENTRIES = 2000;

/** What one turn wrote. */
export interface TurnEntries {
  readonly entries: readonly TranscriptEntry[];
  /** When the turn after it began; absent for the last. */
  readonly nextAt?: number;
}

/** The first turn of a conversation whose entries come after `after`; no entries where there is none. */
export async function turnAfter(
  sql: Sql,
  at: { readonly session: string; readonly number: number; readonly after: number },
): Promise<TurnEntries> {
  const rows = await sql.all(
    `SELECT ${ENTRY} FROM transcript WHERE session = $1 AND talk = $2 AND seq > $3
     ORDER BY seq LIMIT $4`,
    ...[at.session, at.number, at.after, MOST_ENTRIES],
  );
  const all = rows.map(entryOf);
  const end = all.findIndex(({ event }) => turnOf(event) !== turnOf(all[0]?.event ?? ''));
  const next = all[end];
  return next ? { entries: all.slice(0, end), nextAt: next.at } : { entries: all };
}

/** The questions that came of some intents, and of what skills asked for in their runs; oldest first. */
export async function questionsOf(
  sql: Sql,
  intents: readonly string[],
): Promise<readonly (readonly [intent: string, approval: Approval])[]> {
  const rows = await sql.all(
    // Ids of what is asked for in a run are its own with `/` and a number behind; `0` follows on `/`.
    `SELECT approval.* FROM json_each($1) AS wanted JOIN approval
       ON approval.intent = wanted.value
       OR (approval.intent > wanted.value || '/' AND approval.intent < wanted.value || '0')
     ORDER BY asked_at, id`,
    JSON.stringify(intents),
  );
  return rows.map((row) => [String(row.intent), approvalOf(row)] as const);
}

/**
 * What was decided in one turn, oldest first: `begun` and `refused`. The record is in the order of time, so
 * that its entries of then are found by halves, and no other is read. Times: milliseconds since 1970.
 */
export async function decisionsIn(
  sql: Sql,
  { event, from, to }: { readonly event: string; readonly from: number; readonly to: number },
): Promise<readonly AuditEntry[]> {
  const rows = await sql.all(
    `SELECT * FROM audit WHERE chain = 'main' AND seq >= $1 AND seq < $2
     AND kind IN ('begun', 'refused') AND instr(body, $3) > 0 ORDER BY seq`,
    await firstSince(sql, from),
    await firstSince(sql, to),
    JSON.stringify(event).slice(1, -1),
  );
  return rows.map(auditEntryOf);
}

/** The number of the first entry that is not older than `at`; one more than the newest where none is. */
async function firstSince(sql: Sql, at: number): Promise<number> {
  const ends = await sql.get(
    `SELECT (SELECT min(seq) FROM audit WHERE seq >= 0) AS first,
       (SELECT max(seq) FROM audit WHERE seq >= 0) AS last`,
  );
  let [low, high] = [Number(ends?.first ?? 0), Number(ends?.last ?? -1) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await sql.get('SELECT at FROM audit WHERE seq >= $1 ORDER BY seq LIMIT 1', middle);
    if (Number(row?.at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
