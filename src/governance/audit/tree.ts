import { AtomError } from '../../base/errors.ts';
import { createTree } from '../../base/merkle.ts';
import { genesis } from '../../domain/audit-entry.ts';
import type { Sql, Store } from '../../domain/store.ts';
import { entryHashes } from '../../store/tables/audit.ts';
import { readTree, type TreeRow, writeTree } from '../../store/tables/audit-tree.ts';

/** The one chain of a profile. */
export const CHAIN = 'main';

/** The kind of the entry in which the record announces a key. */
export const KEY_ENTRY = 'audit.key';

export const emptyTree: TreeRow = { size: 0, hashes: [], head: genesis };

/** Entries that are taken into the tree at once. */
const PAGE = 5000;

/**
 * The tree with every entry in it, within the caller's transaction. Entries that an older atom wrote
 * are taken in first, as they stand.
 */
export async function wholeTree(sql: Sql): Promise<TreeRow> {
  for (;;) {
    const { tree, whole } = await grown(sql);
    if (whole) return tree;
  }
}

/**
 * Takes what an older atom wrote into the tree, some thousand entries to a transaction, so that a start
 * that is cut off goes on where it was.
 */
export async function growTree(store: Store): Promise<void> {
  while (!(await store.tx(grown)).whole);
}

/** Takes one page in, where there is one. */
async function grown(sql: Sql): Promise<{ readonly tree: TreeRow; readonly whole: boolean }> {
  const found = await readTree(sql, CHAIN);
  if (!found) throw gone();
  if (found.size >= found.known) return { tree: found, whole: true };
  const most = Math.min(PAGE, found.known - found.size);
  const page = await entryHashes(sql, { chain: CHAIN, from: found.size, to: found.size + most });
  const tree = createTree(found);
  for (let seq = found.size; seq < found.size + most; seq++) tree.push(leafOf(page.get(seq)));
  const next = { ...tree.frontier(), head: page.get(tree.size - 1) ?? found.head };
  await writeTree(sql, CHAIN, next);
  return { tree: next, whole: next.size >= found.known };
}

/** An entry that is missing or damaged counts as zeros: where it lies is for whoever verifies to say. */
export const leafOf = (hash: string | undefined): string =>
  /^[0-9a-f]{64}$/.test(hash ?? '') ? (hash ?? genesis) : genesis;

const gone = (): AtomError =>
  new AtomError('failed', 'The record was tampered with: it lost count of its entries.', {
    next: ['See what is left:   atom audit verify'],
  });
