import { listRuns, type RunPlace, readOutput, showRun } from '../../assembly/run-reports.ts';
import type { Atom } from '../../atom.ts';
import { outputOf } from '../../config/paths.ts';
import type { Methods } from '../kernel.ts';

/** What was run, and what it printed. Whoever reaches this socket is the owner. */
export function runMethods({
  records,
  options,
  doubts,
}: Atom): Pick<Methods, 'runs.list' | 'runs.show' | 'runs.output' | 'runs.settle'> {
  const { store: sql, boot } = records;
  const place: RunPlace = { sql, boot, folder: outputOf(options.paths) };
  return {
    'runs.list': async (wish) => ({ runs: await listRuns(place, wish) }),
    'runs.show': async ({ ref }) => ({ run: await showRun(place, ref) }),
    'runs.output': (wish) => readOutput(place, wish),
    'runs.settle': async ({ ref, word }) => {
      const outcome = await doubts.settle(ref, word);
      return outcome ? { outcome } : {};
    },
  };
}
