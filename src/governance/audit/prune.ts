import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { createTree } from '../../base/merkle.ts';
import { type Checkpoint, parseCheckpoint } from '../../domain/checkpoint.ts';
import type { Store } from '../../domain/store.ts';
import { rawEntries } from '../../store/tables/audit.ts';
import { checkpointBefore } from '../../store/tables/audit-keys.ts';
import { type BaseRow, readBase, type TreeRow, writeBase } from '../../store/tables/audit-tree.ts';
import type { Audit } from './append.ts';
import { CHAIN, emptyTree } from './tree.ts';
import { walk } from './walk.ts';

export interface PruneDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** `size`: entries below that number are gone; `more`: true where another call finds more to let go of. */
export interface Pruned {
  readonly entries: number;
  readonly size: number;
  readonly more: boolean;
}

/** Entries that one call lets go of at most, so that nobody waits long for the store. */
const MOST = 20_000;
const PAGE = 1000;

/**
 * Lets go of the oldest entries, up to the newest checkpoint that was signed before a moment
 * (milliseconds since 1970), and keeps what it takes to verify the rest: that checkpoint and the tree's
 * edge there. What is let go of is walked first: throws AtomError `failed` where it does not hold, and
 * nothing is removed. Records what it did.
 */
export async function pruneAudit(
  { store, audit, clock }: PruneDeps,
  { before, most = MOST }: { readonly before: number; readonly most?: number },
): Promise<Pruned> {
  const start: TreeRow = (await readBase(store, CHAIN)) ?? emptyTree;
  const row =
    (await checkpointBefore(store, before, start.size + most)) ??
    (await checkpointBefore(store, before, Number.MAX_SAFE_INTEGER));
  const checkpoint = row && parseCheckpoint(row.note);
  if (!checkpoint || checkpoint.size <= start.size)
    return { entries: 0, size: start.size, more: false };
  const edge = await walkTo(store, start, checkpoint);
  const base: BaseRow = { ...edge, note: checkpoint.note, at: clock.now() };
  const entries = base.size - start.size;
  await store.tx(async (sql) => {
    await writeBase(sql, CHAIN, base);
    await audit(sql, 'audit.pruned', { entries, upTo: base.size, checkpoint: checkpoint.note });
  });
  const newest = await checkpointBefore(store, before, Number.MAX_SAFE_INTEGER);
  return { entries, size: base.size, more: (newest?.size ?? 0) > base.size };
}

/** The tree at a checkpoint, from the entries themselves. */
async function walkTo(store: Store, start: TreeRow, { size, root }: Checkpoint): Promise<TreeRow> {
  const tree = createTree(start);
  const walked = await walk({
    start,
    marks: [{ size, root, who: 'the checkpoint' }],
    page: async (after) => {
      const page = await rawEntries(store, { chain: CHAIN, after, limit: PAGE });
      return page.filter(({ seq }) => seq < size);
    },
    look: (raw) => {
      tree.push(raw.hash);
      return undefined;
    },
  });
  if (!walked.damaged) return { ...tree.frontier(), head: walked.head };
  throw new AtomError('failed', `Nothing was let go of: ${walked.damaged.problem}`, {
    next: ['Look at the whole record:   atom audit verify'],
  });
}
