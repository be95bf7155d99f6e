import type { Migration } from './run.ts';

/**
 * The record as a Merkle tree. `audit_tree` grows with every entry: `frontier` is its right edge, 64 hex
 * digits a hash, `head` the newest entry's. Entries that an older atom wrote, up to `known`, are taken
 * in at the first start; nothing of them is written again. `audit_base` is where the record begins once
 * older entries were let go of. `entry` of a key is where the record announces it.
 */
export const auditTree: Migration = {
  version: 10,
  statements: [
    `CREATE TABLE audit_tree(
      chain TEXT PRIMARY KEY, size INTEGER NOT NULL, head TEXT NOT NULL, frontier TEXT NOT NULL,
      known INTEGER NOT NULL, announced_size INTEGER NOT NULL DEFAULT 0,
      announced_at INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    `INSERT INTO audit_tree(chain, size, head, frontier, known)
     SELECT 'main', 0, '${'0'.repeat(64)}', '', coalesce(max(seq) + 1, 0) FROM audit WHERE chain = 'main'`,
    `CREATE TABLE audit_base(
      chain TEXT PRIMARY KEY, size INTEGER NOT NULL, head TEXT NOT NULL, frontier TEXT NOT NULL,
      note TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE audit_key(
      entry INTEGER PRIMARY KEY, key TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE audit_checkpoint(
      size INTEGER PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
  ],
};
