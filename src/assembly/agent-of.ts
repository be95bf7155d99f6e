import type { Config } from '../config/schema.ts';
import type { Agent } from '../domain/agent.ts';
import type { AgentUser } from '../domain/agent-report.ts';
import { lowestOf } from '../domain/errand.ts';
import type { Sql, Store } from '../domain/store.ts';
import { isBounded, type User } from '../domain/user.ts';
import { type AgentRow, agentById } from '../store/tables/agents.ts';
import { errandOf } from '../store/tables/errands.ts';

type Defaults = Pick<Config, 'model' | 'fallbacks' | 'workspace'>;

/** An agent with the profile's settings where it has none of its own. */
export function agentOf(row: AgentRow, { model, fallbacks, workspace }: Defaults): Agent {
  const { id, name, maturity, jails, skills, paused, feed } = row;
  return {
    id,
    name,
    maturity,
    paused,
    model: row.model ?? model,
    // Those of the profile were chosen for its model, not for another.
    fallbacks: row.fallbacks ?? (row.model === undefined ? fallbacks : []),
    workspace: row.workspace ?? workspaceIn(jails, workspace),
    ...(jails === undefined ? {} : { jails }),
    ...(skills === undefined ? {} : { skills }),
    ...(feed === undefined ? {} : { feed }),
    ...(row.private === true ? { private: true } : {}),
  };
}

/** The profile's workspace is of no use to an agent that may not use it. */
const workspaceIn = (jails: readonly string[] | undefined, workspace: string): string =>
  jails === undefined || jails.includes(workspace) ? workspace : (jails[0] ?? workspace);

/** The agent of an id; whoever nobody knows is the youngest, and may use nothing of its own. */
export async function findAgent(store: Store, id: string, defaults: Defaults): Promise<Agent> {
  const row = await agentById(store, id);
  return row
    ? agentOf(row, defaults)
    : { id, name: id, maturity: 'student', paused: false, ...defaults };
}

/**
 * An agent as it is in the turn of an event: where others led to that, no more mature than the least of them,
 * and with the jails and skills that all of them have, as they are now. Whoever is gone is the youngest, and
 * has none.
 */
export async function onBehalf(sql: Sql, agent: Agent, event: string | undefined): Promise<Agent> {
  const errand = event === undefined ? undefined : await errandOf(sql, event);
  if (!errand || errand.chain.length === 0) return agent;
  const askers = await Promise.all(errand.chain.map((id) => agentById(sql, id)));
  const maturities = askers.map((row) => row?.maturity ?? 'student');
  const jails = inCommon([agent, ...askers].map((one) => (one ? one.jails : [])));
  const skills = inCommon([agent, ...askers].map((one) => (one ? one.skills : [])));
  return {
    ...agent,
    maturity: lowestOf(agent.maturity, maturities),
    workspace: workspaceIn(jails, agent.workspace),
    ...(jails === undefined ? {} : { jails }),
    ...(skills === undefined ? {} : { skills }),
    behalf: errand.chain,
  };
}

/** An agent as it is where it works for a user: in the jails that both have. */
export function forUser(agent: Agent, user: User | undefined): Agent {
  if (!user) return agent;
  const jails = inCommon([user.jails, agent.jails]) ?? [];
  return { ...agent, jails, workspace: workspaceIn(jails, agent.workspace) };
}

/** Whom an agent works for besides the owner, and in which jails. */
export const usersOf = (agent: Agent, users: readonly User[]): readonly AgentUser[] =>
  users
    .filter((user) => isBounded(user) && user.agents.includes(agent.name))
    .map((user) => {
      const { jails = [], workspace } = forUser(agent, user);
      return { name: user.name, jails, workspace };
    });

/** The names that are in every list; a list that is absent has all of them. */
const inCommon = (
  lists: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined => {
  const [first, ...others] = lists.filter((list) => list !== undefined);
  return first?.filter((name) => others.every((list) => list.includes(name)));
};
