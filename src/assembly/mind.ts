import type { Planner } from '../agent/planner.ts';
import { builtInTools, skillTool } from '../agent/tools.ts';
import { createTurn, type Turn } from '../agent/turn.ts';
import type { Perform } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { Skill } from '../domain/skill.ts';
import type { LiveRuns } from '../sessions/live-runs.ts';
import { findPhrase, rememberPhrase } from '../store/tables/phrases.ts';
import { appendItem, conversation } from '../store/tables/transcript.ts';
import type { Agents } from './agents.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import type { Skills } from './skills.ts';
import { createIsOwner } from './window.ts';

export interface MindParts {
  readonly records: Records;
  readonly jails: Jails;
  readonly skills: Skills;
  readonly agents: Pick<Agents, 'find'>;
  readonly performAs: (agent: string) => Perform;
  readonly live: Pick<LiveRuns, 'watch'>;
}

/** What answers: the agent of the session, by the offline planner or by the model that it has. */
export const createMind = (options: AtomOptions, parts: MindParts): Turn => ({
  run: async (input, signal) => {
    const agent = await parts.agents.find(input.session.agent);
    return turnOf(options, parts, agent).run(input, signal);
  },
});

function turnOf(options: AtomOptions, parts: MindParts, agent: Agent): Turn {
  const { clock, emit } = options;
  const { store } = parts.records;
  const log = options.log.part('agent');
  const mine = (): readonly Skill[] => parts.skills.list().filter(mayUse(agent));
  return createTurn({
    perform: parts.performAs(agent.id),
    planner: () =>
      agent.model === 'offline' ? offline(options, parts, mine) : model(parts, agent),
    tools: () => [...builtInTools, ...mine().map(skillTool)],
    isOwner: createIsOwner(options.config),
    transcript: {
      load: (session) => conversation(store, session),
      append: async (entry) => {
        await appendItem(store, { ...entry, at: clock.now() });
      },
    },
    onState: (state, session, event) => {
      log.info(wordsFor(state), { session, event });
      emit({ kind: 'turn', session, event, state });
    },
    onOutput: (output) => emit({ kind: 'output', ...output }),
    watch: parts.live.watch,
    log,
  });
}

const mayUse =
  ({ skills }: Agent) =>
  ({ name }: Skill): boolean =>
    skills === undefined || skills.includes(name);

async function offline(
  { clock }: AtomOptions,
  { records }: MindParts,
  skills: () => readonly Skill[],
): Promise<Planner> {
  const { createOfflinePlanner } = await import('../agent/offline/offline-planner.ts');
  const { store } = records;
  return createOfflinePlanner({
    phrases: {
      find: (text) => findPhrase(store, text),
      remember: async (text, canonical) => {
        await rememberPhrase(store, text, canonical, clock.now());
      },
    },
    skills,
    connect: [
      'atom config set model anthropic/<model>',
      'atom secrets set anthropic.key',
      'atom stop, then atom start',
    ],
  });
}

async function model({ agents, jails, performAs }: MindParts, { id }: Agent): Promise<Planner> {
  const { createModelPlanner } = await import('../agent/model-planner.ts');
  // Looked up anew at each step: it may have risen or fallen meanwhile.
  const { name, maturity, model, workspace } = await agents.find(id);
  return createModelPlanner({
    perform: performAs(id),
    model,
    facts: () => ({
      ...{ name, maturity },
      jail:
        jails.status().state === 'ready'
          ? jails.list().find((jail) => jail.name === workspace)
          : undefined,
    }),
  });
}

type State = Parameters<Parameters<typeof createTurn>[0]['onState']>[0];

function wordsFor(state: State): string {
  switch (state.step) {
    case 'started':
      return 'turn started';
    case 'thinking':
      return `asking the planner: ${state.planner}`;
    case 'acting':
      return `tool requested: ${state.tool} ${state.words.join(' ')}`;
    case 'waiting':
      return `waiting for approval ${state.code}`;
    case 'ended':
      return `turn ended: ${state.result}`;
  }
}
