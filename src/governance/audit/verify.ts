import { canonical, type Json } from '../../base/json.ts';
import { genesis, hashOf } from '../../domain/audit-entry.ts';
import type { Sql } from '../../domain/store.ts';
import { newestEntries, type RawEntry, rawEntries } from '../../store/tables/audit.ts';
import { CHAIN } from './append.ts';

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  /** `seq` is the first entry that does not hold; `entries` how many before it do. */
  | {
      readonly ok: false;
      readonly entries: number;
      readonly seq: number;
      readonly problem: string;
    };

const PAGE = 1000;

/**
 * Walks the whole chain and names the first entry that was changed, moved, added or taken out. What a
 * chain alone cannot show: that its newest entries were cut off.
 */
export async function verifyAudit(sql: Sql): Promise<Verification> {
  let head = genesis;
  let next = 0;
  for (;;) {
    const page = await rawEntries(sql, { chain: CHAIN, after: next - 1, limit: PAGE });
    for (const raw of page) {
      const problem = problemWith(raw, next, head);
      if (problem) return { ok: false, entries: next, seq: raw.seq, problem };
      head = raw.hash;
      next += 1;
    }
    if (page.length < PAGE) return strangers(sql, next, head);
  }
}

function problemWith(raw: RawEntry, seq: number, prev: string): string | undefined {
  if (raw.seq !== seq) return `entry ${seq} is missing`;
  if (raw.prev !== prev) return `entry ${seq} does not follow from the one before it`;
  const body = parsed(raw.body);
  if (body === undefined) return `the text of entry ${seq} is damaged`;
  if (hashOf({ ...raw, body }) !== raw.hash) return `entry ${seq} was changed after it was written`;
  return undefined;
}

/**
 * The stored bytes must also be the one canonical text: a byte that JSON or a lenient decoder passes
 * over is still a change.
 */
function parsed(bytes: Uint8Array): Json | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const body = JSON.parse(text) as Json;
    return canonical(body) === text ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Rows under another chain's name, or before the first number, are nobody's. */
async function strangers(sql: Sql, entries: number, head: string): Promise<Verification> {
  const row = await sql.get(
    'SELECT seq FROM audit WHERE chain <> $1 OR seq < 0 ORDER BY seq LIMIT 1',
    CHAIN,
  );
  if (!row) return { ok: true, entries, head };
  const seq = Number(row.seq);
  return { ok: false, entries, seq, problem: `entry ${seq} belongs to no chain of this profile` };
}

export const listAudit = newestEntries;
