import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { AgentChange } from '../../domain/agent-change.ts';
import type { Deed, Mark } from '../../domain/deed.ts';
import { markRun } from '../../store/tables/conduct.ts';
import { type ConductDeps, demoteByOne } from './maturity.ts';

/** What came of a mark; `demoted` where it took the agent one step down. */
export interface Marked {
  readonly deed: Deed;
  readonly demoted: boolean;
}

/**
 * Notes that something an agent did was undone, or that its owner calls it harmful. A change that is
 * both takes the agent one step down at once. Undefined where it was marked so before, or is no
 * agent's: that is no error, for an undo does not ask who did what it takes back.
 */
export async function markDeed(
  deps: ConductDeps,
  run: string,
  { mark, by }: { readonly mark: Mark; readonly by: AgentChange['by'] },
): Promise<Marked | undefined> {
  const deed = await deps.store.tx(async (sql) => {
    const marked = await markRun(sql, run, mark);
    if (marked) await deps.audit(sql, 'run.marked', { run, agent: marked.agent, mark, by });
    return marked;
  });
  if (!deed) return undefined;
  if (!(deed.undone && deed.harmful && deed.complexity >= 3)) return { deed, demoted: false };
  const why = `You undid what it did and called it harmful (${visible(deed.capability)}).`;
  return {
    deed,
    demoted: (await demoteByOne(deps, deed.agent, { why, by: 'atom' })) !== undefined,
  };
}

/** Throws AtomError `not-found` where no agent did anything under that id. */
export function requireMarked(marked: Marked | undefined, run: string): Marked {
  if (marked) return marked;
  throw new AtomError('not-found', `No agent's run ${run} is without that mark.`, {
    next: ['See what an agent did:   atom agents show <name> --json'],
  });
}
