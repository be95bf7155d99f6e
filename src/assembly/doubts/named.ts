import { AtomError } from '../../base/errors.ts';
import { type Run, runCode } from '../../domain/run.ts';
import type { Sql } from '../../domain/store.ts';
import { newestEntries } from '../../store/tables/audit.ts';
import { fieldOf } from '../../store/tables/run-record.ts';
import { uncertainRuns } from '../../store/tables/runs.ts';

/** So many settled ones are remembered by their code: somebody may answer a second time. */
const REMEMBERED = 100;

/** The run in doubt of a code or an id. Throws AtomError `not-found`. */
export async function uncertainNamed(sql: Sql, ref: string): Promise<Run> {
  const code = ref.toLowerCase();
  const found = (await uncertainRuns(sql)).filter(({ id }) => id === ref || runCode(id) === code);
  const [run] = found;
  if (run && found.length === 1) return run;
  if (!run && (await wasSettled(sql, code))) throw settledAlready(code);
  const why = run ? `Several runs are called ${ref}.` : `No run ${ref} is in doubt.`;
  throw new AtomError('not-found', why, { next: ['See the latest:   atom runs list'] });
}

/** True for the code of a run that is in doubt, or was until somebody said what is true. */
export const isDoubtCode = async (sql: Sql, code: string): Promise<boolean> =>
  (await uncertainRuns(sql)).some(({ id }) => runCode(id) === code) || wasSettled(sql, code);

export const settledAlready = (code: string): AtomError =>
  new AtomError('not-found', `${code} is settled already.`);

async function wasSettled(sql: Sql, code: string): Promise<boolean> {
  const entries = await newestEntries(sql, { limit: REMEMBERED, kind: 'run.settled' });
  return entries.some((entry) => runCode(String(fieldOf(entry, 'run'))) === code);
}
