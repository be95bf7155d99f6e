import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { isAgentName } from '../../domain/agent.ts';
import {
  type AgentRow,
  agentById,
  ensureAgent,
  type Reach,
  setPaused,
  setReach,
  setTold,
} from '../../store/tables/agents.ts';
import { type ConductDeps, tellChange } from './maturity.ts';

/** What the owner says about a new agent. */
export interface AgentWish
  extends Pick<AgentRow, 'model' | 'workspace' | 'jails' | 'skills' | 'feed' | 'private'> {
  readonly name: string;
  /** Anything above is earned: see promotion. */
  readonly maturity: 'student' | 'intern';
}

/** Makes an agent. Throws AtomError `usage` for a name that cannot be one, or is taken. */
export async function addAgent(deps: ConductDeps, wish: AgentWish): Promise<void> {
  const { name, ...rest } = wish;
  if (!isAgentName(name))
    throw new AtomError('usage', `"${name}" cannot be an agent's name.`, {
      next: ['Use a–z, 0–9 and -, beginning with a letter, such as writer; not main.'],
    });
  const added = await deps.store.tx(async (sql) => {
    const agent = { id: name, name, ...rest, createdAt: deps.clock.now() };
    if ((await ensureAgent(sql, agent)) === 0) return false;
    await deps.audit(sql, 'agent.added', { agent: name, by: 'owner', ...onRecord(rest) });
    return true;
  });
  if (!added)
    throw new AtomError('usage', `There is an agent ${name} already.`, {
      next: [`See it:   atom agents show ${name}`],
    });
  tellChange(deps, { agent: name, kind: 'added', to: wish.maturity, why: '', by: 'owner' });
}

const onRecord = (wish: Omit<AgentWish, 'name'>): { readonly [key: string]: Json } => ({
  maturity: wish.maturity,
  model: wish.model ?? null,
  workspace: wish.workspace ?? null,
  jails: wish.jails ?? null,
  skills: wish.skills ?? null,
  feed: wish.feed ?? null,
  private: wish.private ?? false,
});

/** Lets an agent do nothing, or work again; on the record. False where it was so already. */
export async function pauseAgent(
  deps: ConductDeps,
  agent: string,
  paused: boolean,
): Promise<boolean> {
  const kind = paused ? 'paused' : 'resumed';
  const changed = await deps.store.tx(async (sql) => {
    if (!(await setPaused(sql, agent, paused))) return false;
    await deps.audit(sql, `agent.${kind}`, { agent, by: 'owner' });
    return true;
  });
  if (changed) tellChange(deps, { agent, kind, why: '', by: 'owner' });
  return changed;
}

/** Changes how much of an agent is told in the feed; on the record. What is left out stays. */
export async function tellOfAgent(
  deps: ConductDeps,
  agent: string,
  told: Pick<AgentRow, 'feed' | 'private'>,
): Promise<void> {
  await deps.store.tx(async (sql) => {
    await setTold(sql, agent, told);
    const { feed = null, private: own = null } = told;
    await deps.audit(sql, 'agent.told', { agent, feed, private: own, by: 'owner' });
  });
}

/** Changes what an agent wakes for and who may ask it; on the record. */
export async function reachAgent(deps: ConductDeps, agent: string, reach: Reach): Promise<void> {
  const { wakes, askedBy } = reach;
  if (wakes === undefined && askedBy === undefined) return;
  for (const name of askedBy ?? []) await requireAgent(deps, name);
  await deps.store.tx(async (sql) => {
    await setReach(sql, agent, reach);
    const body = {
      ...(wakes === undefined ? {} : { wakes }),
      ...(askedBy === undefined ? {} : { askedBy }),
    };
    await deps.audit(sql, 'agent.reach', { agent, ...body, by: 'owner' });
  });
}

/** Throws AtomError `not-found` where there is no agent of that name. */
export async function requireAgent(
  { store }: Pick<ConductDeps, 'store'>,
  name: string,
): Promise<AgentRow> {
  const row = await agentById(store, name);
  if (row) return row;
  throw new AtomError('not-found', `There is no agent "${name}".`, {
    next: ['See which there are:   atom agents list'],
  });
}
