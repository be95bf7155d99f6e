import { isRepeatable } from '../domain/repeatable.ts';
import type { Run } from '../domain/run.ts';
import type { Sql } from '../domain/store.ts';
import { begunElsewhere, endRun } from '../store/tables/runs.ts';
import type { Audit } from './audit/append.ts';

export interface DoubtDeps {
  readonly audit: Audit;
  readonly boot: string;
  readonly now: number;
}

/**
 * Marks what an earlier gateway began and never ended as uncertain: it may have happened, and nothing
 * repeats it. What may simply be done again is left to whoever asks for it. Resolves to the uncertain ones.
 */
export async function doubtBegun(
  sql: Sql,
  { audit, boot, now }: DoubtDeps,
): Promise<readonly Run[]> {
  const cut = (await begunElsewhere(sql, boot)).filter(({ action }) => !isRepeatable(action));
  for (const run of cut) await doubt(sql, run, { audit, now });
  return cut;
}

/** Marks one run as uncertain, on the record. */
export async function doubt(
  sql: Sql,
  { id, action, digest }: Run,
  { audit, now }: Pick<DoubtDeps, 'audit' | 'now'>,
): Promise<void> {
  await endRun(sql, id, { state: 'uncertain', result: null, at: now });
  await audit(sql, 'run.uncertain', { run: id, action, digest });
}
