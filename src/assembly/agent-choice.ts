import { newId } from '../base/ids.ts';
import type { Address } from '../domain/address.ts';
import { MAIN_AGENT } from '../domain/agent.ts';
import type { Sql } from '../domain/store.ts';
import type { IngressDeps } from '../ingress/ingress-deps.ts';
import type { Running } from '../sessions/running.ts';
import { allAgents } from '../store/tables/agents.ts';
import { ensureSession, sessionByKey } from '../store/tables/sessions.ts';
import { startFresh } from '../store/tables/talks.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { speaker } from './whose.ts';

/** Lets another agent answer in a chat, or tells which there are. */
export const createAgentChoice =
  (
    { clock }: Pick<AtomOptions, 'clock'>,
    { records, running }: { readonly records: Records; readonly running: Running },
  ): IngressDeps['chooseAgent'] =>
  async ({ session: key, ...said }, name) => {
    const { store, users } = records;
    const user = speaker(users, said);
    const all = (await allAgents(store)).filter(({ id }) => user?.agents.includes(id) ?? true);
    const first = user?.agents[0] ?? MAIN_AGENT.id;
    const current = (await sessionByKey(store, key))?.agent ?? first;
    const list = all.map((one) => lineOf(one, current)).join('\n');
    if (name === undefined) return `${list}\nTo talk to another one: /agent NAME`;
    const found = all.find(({ id }) => id === name);
    if (!found) return `There is no agent of that name. There are:\n${list}`;
    if (found.id === current) return `You are talking to ${found.name} already.`;
    running.stop(key);
    const wish = { key, home: said.from, agent: found.id, now: clock.now() };
    await store.tx((sql) => giveSession(sql, wish));
    return `${found.name} (${found.maturity}) answers here from now on, and begins afresh: it knows nothing of what was said before.`;
  };

type Listed = Awaited<ReturnType<typeof allAgents>>[number];

const lineOf = ({ id, name, maturity, paused }: Listed, current: string): string =>
  [name, maturity, ...(paused ? ['paused'] : []), ...(id === current ? ['answers here'] : [])].join(
    ' · ',
  );

/**
 * Makes a session an agent's, within the caller's transaction. One that was another's begins afresh:
 * what one agent said must not pass for the thoughts of another.
 */
export async function giveSession(
  sql: Sql,
  wish: {
    readonly key: string;
    readonly home: Address;
    readonly agent: string;
    readonly now: number;
  },
): Promise<void> {
  const { key, home, agent, now } = wish;
  const session = await ensureSession(sql, { id: newId(), key, agent, home, startedAt: now });
  if (session.agent === agent) return;
  await startFresh(sql, session.id, { now, agent });
}
