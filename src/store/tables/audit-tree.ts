import type { Frontier } from '../../base/merkle.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Where a chain stands: how many entries its tree holds, the newest one's hash, and the tree's edge. */
export interface TreeRow extends Frontier {
  readonly head: string;
}

/** The tree as far as it has grown, and how many entries there were before there was a tree. */
export interface GrowingTree extends TreeRow {
  readonly known: number;
}

/** Where a chain begins: everything before was let go of at the signed checkpoint `note`. */
export interface BaseRow extends TreeRow {
  readonly note: string;
  readonly at: number;
}

export async function readTree(sql: Sql, chain: string): Promise<GrowingTree | undefined> {
  const row = await sql.get(
    'SELECT size, head, frontier, known FROM audit_tree WHERE chain = $1',
    chain,
  );
  return row && { ...treeOf(row), known: Number(row.known) };
}

export const writeTree = (sql: Sql, chain: string, tree: TreeRow): Promise<number> =>
  sql.run(
    'UPDATE audit_tree SET size = $1, head = $2, frontier = $3 WHERE chain = $4',
    ...[tree.size, tree.head, edgeText(tree)],
    chain,
  );

export async function readBase(sql: Sql, chain: string): Promise<BaseRow | undefined> {
  const row = await sql.get(
    'SELECT size, head, frontier, note, at FROM audit_base WHERE chain = $1',
    chain,
  );
  return row && { ...treeOf(row), note: String(row.note), at: Number(row.at) };
}

/** Lets go of everything before the base, and keeps the base in its place. */
export async function writeBase(sql: Sql, chain: string, base: BaseRow): Promise<void> {
  await sql.run('DELETE FROM audit WHERE chain = $1 AND seq < $2', chain, base.size);
  // Where one key hands over to the next stays on show.
  await sql.run(
    `DELETE FROM audit_checkpoint
     WHERE size < $1 AND size NOT IN (SELECT entry + 1 FROM audit_key)`,
    base.size,
  );
  await sql.run(
    `INSERT INTO audit_base(chain, size, head, frontier, note, at) VALUES($1, $2, $3, $4, $5, $6)
     ON CONFLICT(chain) DO UPDATE SET size = $2, head = $3, frontier = $4, note = $5, at = $6`,
    ...[chain, base.size, base.head, edgeText(base), base.note, base.at],
  );
}

/** When and at how many entries the owner was last told of a checkpoint; zeros where never. */
export async function readAnnounced(
  sql: Sql,
  chain: string,
): Promise<{ readonly size: number; readonly at: number }> {
  const row = await sql.get(
    'SELECT announced_size AS size, announced_at AS at FROM audit_tree WHERE chain = $1',
    chain,
  );
  return { size: Number(row?.size ?? 0), at: Number(row?.at ?? 0) };
}

/** Notes that the owner was told of everything that is in the tree now. */
export const noteAnnounced = (sql: Sql, chain: string, at: number): Promise<number> =>
  sql.run(
    'UPDATE audit_tree SET announced_size = size, announced_at = $1 WHERE chain = $2',
    at,
    chain,
  );

const treeOf = (row: Row): TreeRow => ({
  size: Number(row.size),
  head: String(row.head),
  hashes: hashesIn(String(row.frontier)),
});

/** A frontier as text, 64 hex digits a hash. */
export const edgeText = ({ hashes }: Frontier): string => hashes.join('');

/** The hashes in such a text. */
export const hashesIn = (text: string): readonly string[] => text.match(/[0-9a-f]{64}/g) ?? [];
