import type { Action } from '../domain/action.ts';
import type { Address } from '../domain/address.ts';
import type { Agent, Maturity } from '../domain/agent.ts';
import type { AgentReport, AgentSummary } from '../domain/agent-report.ts';
import type { Mark } from '../domain/deed.ts';
import { createConduct } from '../governance/conduct/conduct.ts';
import { type Marked, markDeed } from '../governance/conduct/mark.ts';
import { type ConductDeps, demoteByOne, moveAgent } from '../governance/conduct/maturity.ts';
import { readinessOf, verdictWords } from '../governance/conduct/readiness.ts';
import { readRecord } from '../governance/conduct/record.ts';
import {
  type AgentWish,
  addAgent,
  pauseAgent,
  reachAgent,
  requireAgent,
  tellOfAgent,
} from '../governance/conduct/roster.ts';
import { suggestPromotion } from '../governance/conduct/suggest.ts';
import type { GovernorDeps } from '../governance/governor-deps.ts';
import { keyOf } from '../protocol/session-key.ts';
import {
  type AgentRow,
  agentById,
  allAgents,
  maturityChanges,
  type Reach,
} from '../store/tables/agents.ts';
import { recentDeeds } from '../store/tables/conduct.ts';
import { waitingTraining } from '../store/tables/training.ts';
import { createAgentPromote } from '../trust/agent-promote.ts';
import { giveSession } from './agent-choice.ts';
import { agentOf, findAgent, usersOf } from './agent-of.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { recordLines } from './record-lines.ts';

/** The agents of a profile: who they are, how they behave, and what the owner does about it. */
export interface Agents {
  /** The agent of an id as it is now; one that nobody knows is a student. */
  find(id: string): Promise<Agent>;
  list(): Promise<readonly AgentSummary[]>;
  /** These throw AtomError `not-found` where there is no agent of that name. */
  report(name: string): Promise<Omit<AgentReport, 'secondFactor'>>;
  require(name: string): Promise<AgentRow>;
  add(wish: AgentWish): Promise<void>;
  /** Says how much of it is told in the feed, and whether it is private. */
  tell(name: string, told: Pick<AgentRow, 'feed' | 'private'>): Promise<void>;
  /** Changes what it wakes for, and who may ask it. */
  reach(name: string, reach: Reach): Promise<void>;
  /** Makes the conversation that bears an agent's name, where somebody speaks to it, that agent's own. */
  converse(name: string, home: Address): Promise<void>;
  /** One step down, at the owner's word. Undefined for a student. */
  demote(name: string): Promise<{ readonly from: Maturity; readonly to: Maturity } | undefined>;
  /** False where it was so already. */
  pause(name: string, paused: boolean): Promise<boolean>;
  /** Undefined where the run has that mark, or is no agent's. Whoever undoes a run calls this too. */
  mark(run: string, mark: Mark, by: 'owner' | 'atom'): Promise<Marked | undefined>;
  /** Suggests a promotion, where the record argues for one and it was not suggested before. */
  suggest(id: string): Promise<void>;
  /** Told by the governor how agents behave. */
  readonly conduct: GovernorDeps['conduct'];
  /** `agent.promote`. */
  promotion(secondFactor: GovernorDeps['secondFactor']): Action;
}

const RECENT = 20;

export function createAgents(options: AtomOptions, records: Records): Agents {
  const { store, audit, bus } = records;
  const { clock, config } = options;
  const deps: ConductDeps = { store, audit, clock, bus, log: options.log.part('agents') };
  const report = async (row: AgentRow): Promise<Omit<AgentReport, 'secondFactor'>> => {
    const record = await readRecord(store, row.id, {
      days: config.promotion.days,
      now: clock.now(),
    });
    const readiness = readinessOf(row.maturity, record, config.promotion);
    const training = (await waitingTraining(store, row.id)).length;
    const agent = agentOf(row, config);
    return {
      agent: {
        ...agent,
        users: usersOf(agent, records.users.list()),
        createdAt: row.createdAt,
        readiness,
        training,
        wakes: row.wakes,
        ...(row.askedBy === undefined ? {} : { askedBy: row.askedBy }),
        verdict: verdictWords(readiness, record),
      },
      record,
      changes: await maturityChanges(store, row.id, RECENT),
      deeds: await recentDeeds(store, row.id, RECENT),
    };
  };
  return {
    find: (id) => findAgent(store, id, config),
    list: async () =>
      Promise.all((await allAgents(store)).map(async (row) => (await report(row)).agent)),
    report: async (name) => report(await requireAgent(deps, name)),
    require: (name) => requireAgent(deps, name),
    add: (wish) => addAgent(deps, wish),
    reach: async (name, reach) => {
      const { id } = await requireAgent(deps, name);
      await reachAgent(deps, id, reach);
    },
    tell: async (name, told) => {
      const { id } = await requireAgent(deps, name);
      await tellOfAgent(deps, id, told);
    },
    converse: async (name, home) => {
      const { id: agent } = await requireAgent(deps, name);
      const wish = { key: keyOf(home, false), home, agent, now: clock.now() };
      await store.tx((sql) => giveSession(sql, wish));
    },
    demote: async (name) => {
      const { maturity: from } = await requireAgent(deps, name);
      const to = await demoteByOne(deps, name, { why: 'You said so.', by: 'owner' });
      return to && { from, to };
    },
    pause: async (name, paused) => {
      await requireAgent(deps, name);
      return pauseAgent(deps, name, paused);
    },
    mark: (run, mark, by) => markDeed(deps, run, { mark, by }),
    suggest: (id) => suggestPromotion(deps, id, config.promotion),
    conduct: createConduct(deps),
    promotion: (secondFactor) =>
      createAgentPromote({
        secondFactor,
        maturity: async (agent) => (await agentById(store, agent))?.maturity,
        record: async (agent) => recordLines(await report(await requireAgent(deps, agent))),
        move: (wish) => moveAgent(deps, { ...wish, why: 'You ratified it.', by: 'owner' }),
      }),
  };
}
