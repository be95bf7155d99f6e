import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Bus } from '../../bus/bus.ts';
import { isAbove, type Maturity, stepDown } from '../../domain/agent.ts';
import { type AgentChange, changeWords, type MaturityChange } from '../../domain/agent-change.ts';
import type { Store } from '../../domain/store.ts';
import { agentById, changeMaturity } from '../../store/tables/agents.ts';
import type { Audit } from '../audit/append.ts';

export interface ConductDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
}

type Move = Omit<MaturityChange, 'at'> & { readonly by: AgentChange['by'] };

/**
 * Moves an agent from one maturity to another, on the record in the same transaction; the very next
 * decision sees it. False where it is not, or no longer, at `from`.
 */
export async function moveAgent(deps: ConductDeps, move: Move): Promise<boolean> {
  const { agent, from, to, why, by } = move;
  const kind = isAbove(to, from) ? 'promoted' : 'demoted';
  const moved = await deps.store.tx(async (sql) => {
    if (!(await changeMaturity(sql, { ...move, at: deps.clock.now() }))) return false;
    await deps.audit(sql, `agent.${kind}`, { agent, from, to, why, by });
    return true;
  });
  if (moved) tellChange(deps, { agent, kind, from, to, why, by });
  return moved;
}

/** One step down, at once. Resolves to where it is now; undefined for a student, who cannot fall. */
export async function demoteByOne(
  deps: ConductDeps,
  agent: string,
  { why, by }: Pick<AgentChange, 'why' | 'by'>,
): Promise<Maturity | undefined> {
  for (;;) {
    const row = await agentById(deps.store, agent);
    const to = row && stepDown(row.maturity);
    if (!row || !to) {
      deps.log.warn(`${agent} stays where it is: ${why}`);
      return undefined;
    }
    // Moved by somebody else meanwhile: then from there.
    if (await moveAgent(deps, { agent, from: row.maturity, to, why, by })) return to;
  }
}

/** Puts a change in the log and tells whoever announces it. */
export function tellChange(
  { bus, log }: Pick<ConductDeps, 'bus' | 'log'>,
  change: AgentChange,
): void {
  log.warn(changeWords(change), { agent: change.agent });
  bus.tell('agent.changed', change);
}
