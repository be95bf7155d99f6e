import type { Planner } from '../agent/planner.ts';
import { builtInTools, skillTool } from '../agent/tools.ts';
import { createTurn, type Turn } from '../agent/turn.ts';
import type { Perform } from '../domain/action.ts';
import { agentById } from '../store/tables/agents.ts';
import { findPhrase, rememberPhrase } from '../store/tables/phrases.ts';
import { appendItem, conversation } from '../store/tables/transcript.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import { MAIN_AGENT, type Records } from './record.ts';
import type { Skills } from './skills.ts';

export interface MindParts {
  readonly records: Records;
  readonly jails: Jails;
  readonly skills: Skills;
  readonly performAsAgent: Perform;
}

/** What answers: the offline planner, or the model that the owner chose. */
export function createMind(options: AtomOptions, parts: MindParts): Turn {
  const { clock, emit } = options;
  const { store } = parts.records;
  const log = options.log.part('agent');
  return createTurn({
    perform: parts.performAsAgent,
    planner: () =>
      options.config.model === 'offline' ? offline(options, parts) : model(options, parts),
    tools: () => [...builtInTools, ...parts.skills.list().map(skillTool)],
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
    log,
  });
}

async function offline({ clock }: AtomOptions, { records, skills }: MindParts): Promise<Planner> {
  const { createOfflinePlanner } = await import('../agent/offline/offline-planner.ts');
  const { store } = records;
  return createOfflinePlanner({
    phrases: {
      find: (text) => findPhrase(store, text),
      remember: async (text, canonical) => {
        await rememberPhrase(store, text, canonical, clock.now());
      },
    },
    skills: skills.list,
    connect: [
      'atom config set model anthropic/<model>',
      'atom secrets set anthropic.key',
      'atom stop, then atom start',
    ],
  });
}

async function model(
  { config }: AtomOptions,
  { records, jails, performAsAgent }: MindParts,
): Promise<Planner> {
  const { createModelPlanner } = await import('../agent/model-planner.ts');
  const agent = await agentById(records.store, MAIN_AGENT.id);
  return createModelPlanner({
    perform: performAsAgent,
    model: config.model,
    facts: () => ({
      name: MAIN_AGENT.name,
      maturity: agent?.maturity ?? 'student',
      jail:
        jails.status().state === 'ready'
          ? jails.list().find(({ name }) => name === config.workspace)
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
