import type { Clock } from '../../base/clock.ts';
import { type Json, wellFormed } from '../../base/json.ts';
import { redactAll } from '../../base/redact.ts';
import { genesis, hashOf } from '../../domain/audit-entry.ts';
import type { Sql } from '../../domain/store.ts';
import { insertEntry, lastLink } from '../../store/tables/audit.ts';

/** The one chain of a profile. */
export const CHAIN = 'main';

/** Adds to the record within the transaction that does, or is about to do, what is recorded. */
export type Audit = (sql: Sql, kind: string, body: Json) => Promise<void>;

/**
 * An Audit on the profile's chain. Texts are redacted before they are hashed. Throws whatever the
 * store throws: what cannot be recorded must not happen.
 */
export function createAudit(clock: Clock): Audit {
  return async (sql, kind, body) => {
    const last = await lastLink(sql, CHAIN);
    const entry = {
      chain: CHAIN,
      seq: (last?.seq ?? -1) + 1,
      at: clock.now(),
      kind,
      body: redactAll(wellFormed(body)),
      prev: last?.hash ?? genesis,
    };
    await insertEntry(sql, { ...entry, hash: hashOf(entry) });
  };
}
