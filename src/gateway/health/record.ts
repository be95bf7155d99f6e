import type { Atom } from '../../atom.ts';
import type { HealthCheck } from '../../domain/health.ts';
import { checkTail } from '../../governance/audit/check-tail.ts';

/** Whether the end of the record fits what stands before it. */
export async function checkRecord({ records }: Atom): Promise<readonly HealthCheck[]> {
  const { entries, fault } = await checkTail(records.store);
  return [
    fault === undefined
      ? { name: 'record', state: 'good', words: `${entries} entries, the last one fits` }
      : { name: 'record', state: 'bad', words: `${fault}: atom audit verify` },
  ];
}

/** So many are named. */
const MOST_NAMED = 3;

/** What a crash cut off and nobody has settled: nothing is broken by it, and somebody should look. */
export async function checkDoubts({ doubts }: Atom): Promise<readonly HealthCheck[]> {
  const codes = await doubts.codes();
  if (codes.length === 0) return [];
  const more = codes.length > MOST_NAMED ? ', …' : '';
  const named = `${codes.slice(0, MOST_NAMED).join(', ')}${more}`;
  return [
    { name: 'runs', state: 'note', words: `${codes.length} in doubt, ${named}: atom runs list` },
  ];
}
