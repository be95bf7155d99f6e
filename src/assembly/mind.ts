import { askTool, type Colleague } from '../agent/ask-tool.ts';
import { mcpTool } from '../agent/mcp-tool.ts';
import type { OfflineDeps } from '../agent/offline/offline-planner.ts';
import type { Planner } from '../agent/planner.ts';
import { skillReadTool } from '../agent/skill-read-tool.ts';
import { builtInTools, skillTool } from '../agent/tools.ts';
import { createTurn, type Turn } from '../agent/turn.ts';
import type { TurnDeps, TurnInput } from '../agent/turn-deps.ts';
import { localZone } from '../base/clock.ts';
import { hintOf, START_ANEW } from '../base/hint.ts';
import type { Perform } from '../domain/action.ts';
import { addressKey } from '../domain/address.ts';
import type { Agent } from '../domain/agent.ts';
import type { Fence } from '../domain/fence.ts';
import { type McpReadyTool, mcpSkillName } from '../domain/mcp.ts';
import { isPlannerCommand } from '../domain/read-command.ts';
import type { Session } from '../domain/session.ts';
import type { Skill } from '../domain/skill.ts';
import type { ListedTextSkill } from '../domain/text-skill.ts';
import type { Draft } from '../domain/unwritten.ts';
import { windowOfModel } from '../llm/windows.ts';
import type { LiveRuns } from '../sessions/live-runs.ts';
import { mayUseText } from '../skills/text/may-use.ts';
import { allJobs } from '../store/tables/jobs.ts';
import { findPhrase, rememberPhrase } from '../store/tables/phrases.ts';
import { forUser, onBehalf } from './agent-of.ts';
import type { Agents } from './agents.ts';
import { createAttached } from './attached.ts';
import type { Channels } from './channels.ts';
import type { Errands } from './errands.ts';
import type { Jails } from './jail.ts';
import type { Memory } from './memory.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { waitingLines } from './skill-words.ts';
import type { Skills } from './skills.ts';
import { stateWords } from './state-words.ts';
import type { Telling, ToldTurn } from './telling.ts';
import { transcriptOf } from './turn-transcript.ts';
import { createTyping, type Typing } from './typing.ts';
import { userBehind, userOfSession } from './whose.ts';
import { createIsOwner } from './window.ts';

export interface MindParts {
  readonly records: Records;
  readonly jails: Jails;
  readonly skills: Skills;
  readonly mcp: { tools(): readonly McpReadyTool[] };
  readonly agents: Pick<Agents, 'find'>;
  readonly performAs: (agent: string) => Perform;
  readonly live: Pick<LiveRuns, 'watch'>;
  readonly channels: Pick<Channels, 'get' | 'facts'>;
  readonly memory: Pick<Memory, 'has'>;
  readonly errands: Pick<Errands, 'colleagues' | 'answered'>;
  readonly telling: Pick<Telling, 'turn'>;
}

/**
 * A turn that acts and writes only while it is still its own. What of its `draft` is left in the end is the
 * caller's to write.
 */
export interface Mind {
  run(
    input: Required<TurnInput> & { readonly stillMine: Fence; readonly draft: Draft },
    signal: AbortSignal,
  ): ReturnType<Turn['run']>;
}

/** What answers: the agent of the session, by the offline planner or by the model that it has. */
export function createMind(options: AtomOptions, parts: MindParts): Mind {
  const attached = createAttached(options, parts.records, parts.channels);
  return {
    run: async ({ stillMine, draft, meanwhile, ...input }, signal) => {
      const agent = await agentIn(parts, input);
      const { from } = input.event;
      const { users, store: sql } = parts.records;
      const talkOf = await userOfSession({ users, sql }, input.session);
      const typing = createTyping(parts.channels.get(from.channel), from);
      const colleagues = await parts.errands.colleagues(agent, input.event);
      const told = parts.telling.turn(agent, input);
      const here = { agent, stillMine, draft, typing, told, colleagues, talkOf, ...input };
      const turn = turnOf(options, { ...parts, attached }, here);
      // The offline planner reads one message at a time.
      const all = agent.model === 'offline' ? input : { ...input, meanwhile };
      return turn.run(all, signal).finally(typing.stop);
    },
  };
}

interface Here extends Pick<TurnInput, 'session' | 'event'> {
  readonly agent: Agent;
  readonly stillMine: Fence;
  readonly draft: Draft;
  readonly typing: Typing;
  readonly told: ToldTurn;
  readonly colleagues: readonly Colleague[];
  /** Name of the user whose talk it is part of. */
  readonly talkOf: string | undefined;
}

/** With the model of this conversation; exact commands are done exactly, also where a model is connected. */
async function agentIn(
  { agents, records }: Pick<MindParts, 'agents' | 'records'>,
  { session, event }: Pick<TurnInput, 'session' | 'event'>,
): Promise<Agent> {
  const user = await userBehind({ ...records, sql: records.store }, event);
  const agent = forUser(await agents.find(session.agent), user);
  const model = session.model ?? agent.model;
  const isSaid = event.wordsOf === undefined && event.via?.worded !== true;
  const isExact = isSaid && isPlannerCommand(event.text);
  // Those of the agent were chosen for its own model.
  const fallbacks = session.model === undefined ? (agent.fallbacks ?? []) : [];
  return { ...agent, fallbacks, model: isExact ? 'offline' : model };
}

function turnOf(
  options: AtomOptions,
  parts: MindParts & Required<Pick<TurnDeps, 'attached'>>,
  { agent, stillMine, draft, typing, told, colleagues, talkOf, session, event }: Here,
): Turn {
  const { clock, emit } = options;
  const { store } = parts.records;
  const log = options.log.part('agent');
  const asAgent = parts.performAs(agent.id);
  const perform = told.perform((intent, given) =>
    asAgent(intent, { ...given, stillMine, upfront: draft }),
  );
  const mine = (): readonly Skill[] => parts.skills.list({ agent }).filter(mayUse(agent));
  const texts = (): readonly ListedTextSkill[] =>
    parts.skills.texts.list().filter((skill) => mayUseText(skill, agent));
  return createTurn({
    perform,
    planner: () =>
      agent.model === 'offline'
        ? offline(options, parts, session, { name: agent.name, skills: mine, texts })
        : model(options, parts, { agent, perform, texts, log, event: event.id }),
    tools: () => [
      ...builtInTools,
      ...mine().map(skillTool),
      ...parts.mcp.tools().filter(mayUseServer(agent)).map(mcpTool),
      ...(texts().length > 0 ? [skillReadTool] : []),
      ...(colleagues.length > 0 ? [askTool(colleagues)] : []),
    ],
    isOwner: createIsOwner(store, parts.records.people),
    transcript: transcriptOf({ ...parts.records, clock }, { session, stillMine, draft }),
    onState: (state, session, event) => {
      log.info(stateWords(state), { session, event });
      emit({ kind: 'turn', session, event, state });
      typing.tell(state);
      told.state(state);
    },
    onOutput: (output) =>
      emit({ kind: 'output', ...output, ...(talkOf === undefined ? {} : { of: talkOf }) }),
    answered: parts.errands.answered,
    watch: parts.live.watch,
    attached: parts.attached,
    // The offline planner does what it is told, and reads nothing besides.
    remembers: async (session) => agent.model !== 'offline' && (await parts.memory.has(session)),
    hint: hintOf(options.paths.profile),
    log,
  });
}

const mayUse =
  ({ skills }: Agent) =>
  ({ name }: Skill): boolean =>
    skills === undefined || skills.includes(name);

const mayUseServer =
  ({ skills }: Agent) =>
  ({ server }: McpReadyTool): boolean =>
    skills === undefined || skills.includes(mcpSkillName(server));

/** Asked for at each step of each turn: importing it again would take longer than most of its answers. */
let offlinePlanner: Promise<typeof import('../agent/offline/offline-planner.ts')> | undefined;

async function offline(
  { clock, paths }: AtomOptions,
  parts: MindParts,
  { home }: Session,
  own: Pick<OfflineDeps, 'name' | 'skills' | 'texts'>,
): Promise<Planner> {
  offlinePlanner ??= import('../agent/offline/offline-planner.ts');
  const { createOfflinePlanner } = await offlinePlanner;
  const { store } = parts.records;
  return createOfflinePlanner({
    phrases: {
      find: (text) => findPhrase(store, text),
      remember: async (text, canonical) => {
        await rememberPhrase(store, text, canonical, clock.now());
      },
    },
    known: {
      now: clock.now,
      zone: localZone,
      jobs: async () =>
        (await allJobs(store)).filter(({ to }) => addressKey(to) === addressKey(home)),
      hint: hintOf(paths.profile),
    },
    ...own,
    waiting: () => waitingLines(parts.skills.shelf.list()),
    connect: ['atom models use anthropic/<model>', 'atom secrets set anthropic.key', START_ANEW],
  });
}

interface Speaker extends Pick<TurnDeps, 'perform' | 'log'> {
  /** Id of the event that is answered. */
  readonly event: string;
  readonly agent: Agent;
  readonly texts: () => readonly ListedTextSkill[];
}

async function model(
  { config }: AtomOptions,
  { agents, jails, records }: MindParts,
  { agent, perform, texts, log, event }: Speaker,
): Promise<Planner> {
  const { createModelPlanner } = await import('../agent/model-planner.ts');
  // Looked up anew at each step: it may have risen or fallen meanwhile.
  const user = await userBehind({ ...records, sql: records.store }, event);
  const now = forUser(await onBehalf(records.store, await agents.find(agent.id), event), user);
  const { name, maturity, workspace, jails: mine } = now;
  const { state } = await jails.status();
  const { model: asked, fallbacks = [] } = agent;
  return createModelPlanner({
    perform,
    fallbacks,
    model: asked,
    window: windowOfModel(asked, config.models),
    onPassedOver: (passed, why) => log.warn(`${passed} did not answer: ${why}`),
    facts: () => ({
      name,
      maturity,
      skills: texts(),
      jail: state === 'ready' ? jails.list().find((jail) => jail.name === workspace) : undefined,
      jails: jails.list().filter((jail) => mine === undefined || mine.includes(jail.name)),
    }),
  });
}
