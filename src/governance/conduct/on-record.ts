import { isAbove, MAIN_AGENT, type Maturity, maturities } from '../../domain/agent.ts';
import type { AgentChange } from '../../domain/agent-change.ts';
import type { Sql } from '../../domain/store.ts';
import { agentMaturities, changeMaturity } from '../../store/tables/agents.ts';
import { readBase } from '../../store/tables/audit-tree.ts';
import type { Audit } from '../audit/append.ts';
import { fieldsOf, isAnchor, type Told, toldBack } from '../audit/told.ts';
import { CHAIN } from '../audit/tree.ts';

/** How mature each agent is by the record; what it does not name is not known there. */
export type OnRecord = ReadonlyMap<string, Maturity>;

/** An agent that the database lets do more than the record knows of. */
export interface Widened {
  readonly agent: string;
  readonly from: Maturity;
  readonly to: Maturity;
}

/**
 * What the record says last of each agent, from its end back to the newest entry in which a gateway wrote all
 * of them down. Agents it has no word of are as they are made, and as they are where it was let go of so far.
 */
export async function maturitiesOnRecord(sql: Sql): Promise<OnRecord> {
  const { found, isAll } = await toldLast(sql);
  if (isAll) return found;
  const isWhole = (await readBase(sql, CHAIN)) === undefined;
  for (const { id, maturity } of await agentMaturities(sql))
    if (!found.has(id)) found.set(id, isWhole ? freshOf(id) : maturity);
  return found;
}

/** `isAll` where a gateway wrote them down. */
async function toldLast(
  sql: Sql,
): Promise<{ readonly found: Map<string, Maturity>; readonly isAll: boolean }> {
  const found = new Map<string, Maturity>();
  for await (const entry of toldBack(sql, ['agent.added', 'agent.promoted', 'agent.demoted'])) {
    const told = toldIn(entry);
    for (const [agent, maturity] of told) if (!found.has(agent)) found.set(agent, maturity);
    if (isAnchor(entry) && told.length > 0) return { found, isAll: true };
  }
  return { found, isAll: false };
}

/** Agents that may do more by the database than by the record. */
export async function widenedAgents(sql: Sql): Promise<readonly Widened[]> {
  const known = await maturitiesOnRecord(sql);
  return (await agentMaturities(sql)).flatMap(({ id: agent, maturity: from }) => {
    const to = known.get(agent) ?? 'student';
    return isAbove(from, to) ? [{ agent, from, to }] : [];
  });
}

/** Takes each of them back to what the record says, on the record. Resolves to what is to be told of it. */
export async function takeBackWidened(
  audit: Audit,
  sql: Sql,
  now: number,
): Promise<readonly AgentChange[]> {
  const changes: AgentChange[] = [];
  for (const widened of await widenedAgents(sql)) {
    const change: AgentChange = { ...widened, kind: 'demoted', why: PAST_ATOM, by: 'atom' };
    const { agent, from, to } = widened;
    await changeMaturity(sql, { agent, from, to, why: PAST_ATOM, by: 'atom', at: now });
    await audit(sql, 'agent.demoted', { agent, from, to, why: PAST_ATOM, by: 'atom' });
    changes.push(change);
  }
  return changes;
}

const freshOf = (id: string): Maturity => (id === MAIN_AGENT.id ? MAIN_AGENT.maturity : 'student');

const PAST_ATOM =
  'The record knows of no promotion to that: somebody changed the database past atom. See what it knows: atom audit list --kind agent.promoted';

/** Of one entry: of all agents where a gateway wrote it, else of the one that it is about. */
function toldIn(entry: Told): readonly (readonly [string, Maturity])[] {
  const { agent, to, maturity, maturities: all } = entry.fields;
  const pairs = isAnchor(entry)
    ? Object.entries(fieldsOf(all))
    : [[String(agent), to ?? maturity] as const];
  return pairs.flatMap(([id, told]) => {
    const known = maturities.find((one) => one === told);
    return known ? [[id, known] as const] : [];
  });
}
