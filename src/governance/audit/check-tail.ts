import { leafHash } from '../../domain/audit-entry.ts';
import type { Sql } from '../../domain/store.ts';
import { rawEntries } from '../../store/tables/audit.ts';
import { readTree } from '../../store/tables/audit-tree.ts';
import { CHAIN } from './tree.ts';

/** A glance at the end of the record, for every minute; `atom audit verify` looks at all of it. */
export interface Tail {
  readonly entries: number;
  /** What does not fit, in words. */
  readonly fault?: string;
}

/** Whether the newest two entries are whole, in line, and those that the tree ends with. */
export async function checkTail(sql: Sql): Promise<Tail> {
  const tree = await readTree(sql, CHAIN);
  const entries = tree?.size ?? 0;
  if (!tree || entries === 0) return { entries };
  const last = await rawEntries(sql, {
    chain: CHAIN,
    after: entries - 3,
    limit: Math.min(2, entries),
  });
  const fault = (words: string): Tail => ({ entries, fault: words });
  const newest = last.at(-1);
  if (newest?.seq !== entries - 1) return fault('the record does not end where it should');
  if (newest.hash !== tree.head) return fault('the last entry is not the one that was written');
  for (const [at, entry] of last.entries()) {
    if (leafHash(entry) !== entry.hash) return fault(`entry ${entry.seq} was changed`);
    const before = last[at - 1];
    if (before && entry.prev !== before.hash) return fault(`entry ${entry.seq} does not follow`);
  }
  return { entries };
}
