import type { Clock } from '../../base/clock.ts';
import { canonical, type Json, wellFormed } from '../../base/json.ts';
import { createTree } from '../../base/merkle.ts';
import { redactAll } from '../../base/redact.ts';
import { leafHash } from '../../domain/audit-entry.ts';
import type { Sql } from '../../domain/store.ts';
import { insertEntry } from '../../store/tables/audit.ts';
import { writeTree } from '../../store/tables/audit-tree.ts';
import { CHAIN, wholeTree } from './tree.ts';

/** Adds to the record within the transaction that does, or is about to do, what is recorded. */
export type Audit = (sql: Sql, kind: string, body: Json) => Promise<void>;

/** A checkpoint is due after so many entries at the latest. */
export const ENTRIES_A_CHECKPOINT = 1000;

/**
 * An Audit on the profile's chain and its Merkle tree. Texts are redacted before they are hashed.
 * `due` is told whenever another thousand entries are there, before they are durable. Throws whatever
 * the store throws: what cannot be recorded must not happen.
 */
export function createAudit(clock: Clock, due: () => void = () => undefined): Audit {
  return async (sql, kind, body) => {
    const before = await wholeTree(sql);
    const entry = {
      chain: CHAIN,
      seq: before.size,
      at: clock.now(),
      kind,
      body: canonical(redactAll(wellFormed(body))),
      prev: before.head,
    };
    const hash = leafHash(entry);
    const tree = createTree(before);
    tree.push(hash);
    await insertEntry(sql, { ...entry, hash });
    await writeTree(sql, CHAIN, { ...tree.frontier(), head: hash });
    if (tree.size % ENTRIES_A_CHECKPOINT === 0) due();
  };
}
