import type { PerformOptions } from '../domain/action.ts';
import type { GovernorDeps } from './governor-deps.ts';
import type { Refused } from './request.ts';
import { STOPPED } from './run-rows.ts';

/** Writes what led to a request by itself. Why not, where whoever asks may not any more: then nothing is written. */
export async function writeUpfront(
  { store }: Pick<GovernorDeps, 'store'>,
  { upfront, stillMine }: PerformOptions,
): Promise<Refused | undefined> {
  if (!upfront?.left()) return undefined;
  const not = await store.tx(async (sql) => {
    if (stillMine && !(await stillMine(sql))) return STOPPED;
    await upfront.put(sql);
    return undefined;
  });
  if (!not) upfront.stands();
  return not;
}
