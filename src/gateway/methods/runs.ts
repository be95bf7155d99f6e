import {
  listRuns,
  quotesTalk,
  type RunPlace,
  readOutput,
  showRun,
} from '../../assembly/run-reports.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { outputOf } from '../../config/paths.ts';
import { type Caller, deciderOf } from '../../domain/caller.ts';
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
    'runs.list': async (wish, caller) => {
      const runs = await listRuns(place, wish);
      return { runs: runs.filter((run) => mayReadAll(caller) || !quotesTalk(run)) };
    },
    'runs.show': async ({ ref }, caller) => {
      const run = await showRun(place, ref);
      if (mayReadAll(caller) || !quotesTalk(run)) return { run };
      throw new AtomError('blocked', `${caller.name} may not see ${ref}: it tells what was said.`, {
        next: ['See it at this machine:   atom runs show'],
      });
    },
    'runs.output': (wish) => readOutput(place, wish),
    'runs.settle': async ({ ref, word }, caller) => {
      const { again } = await doubts.settle({ ref, word, by: deciderOf(caller) });
      return again ? { outcome: (await again).outcome } : {};
    },
  };
}

/** Some runs quote what is said in chats, of which whoever only looks on is shown no more than they are told. */
const mayReadAll = ({ scopes }: Caller): boolean => scopes.includes('operate');
