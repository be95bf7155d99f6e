import { parseKey } from '../../base/signed-note.ts';
import type { Sql } from '../../domain/store.ts';
import { auditKeys, newestCheckpoint } from '../../store/tables/audit-keys.ts';
import { readTree } from '../../store/tables/audit-tree.ts';
import { CHAIN } from './tree.ts';

/** How long the record is, how much of it is signed, when (milliseconds since 1970) and by which key. */
export async function recordStatus(sql: Sql): Promise<{
  readonly entries: number;
  readonly signed: number;
  readonly signedAt?: number;
  readonly key?: string;
}> {
  const entries = (await readTree(sql, CHAIN))?.size ?? 0;
  const newest = await newestCheckpoint(sql);
  const key = parseKey((await auditKeys(sql)).at(-1)?.key ?? '')?.id;
  if (!newest || key === undefined) return { entries, signed: 0 };
  return { entries, signed: newest.size, signedAt: newest.at, key };
}
