import type { Log } from '../base/log.ts';
import type { Perform } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { MAIN_AGENT } from '../domain/agent.ts';
import type { Approval } from '../domain/approval.ts';
import { type InboundEvent, speakerOf } from '../domain/event.ts';
import { isTurnCommand } from '../domain/read-command.ts';
import type { Halt } from '../governance/halt/halt.ts';
import { type Accepted, accept } from '../ingress/accept.ts';
import { createPour } from '../ingress/pour.ts';
import { createMeanwhile } from '../sessions/meanwhile.ts';
import { createSessionWorker, type SessionWorkerDeps } from '../sessions/worker.ts';
import { createLaneLoop } from '../store/lane-loop.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { sessionById } from '../store/tables/sessions.ts';
import type { Agents } from './agents.ts';
import type { Errands } from './errands.ts';
import { type IngressParts, ingressDeps } from './ingress.ts';
import type { AtomOptions } from './parts.ts';
import type { Users } from './users.ts';
import { speaker, userBehind } from './whose.ts';

export interface Intake {
  accept(event: InboundEvent): Promise<Accepted>;
  start(): void;
  /** Takes no new turns and waits for those under way, but for none that itself waits for a person. */
  stop(): Promise<void>;
}

export interface IntakeParts extends IngressParts {
  readonly agents: Pick<Agents, 'find' | 'suggest'>;
  readonly performAs: (agent: string) => Perform;
  readonly halt: Halt;
  readonly errands: Pick<Errands, 'waiting' | 'report'>;
  readonly turn: SessionWorkerDeps['turn'];
}

const LEASE_MS = 30_000;
/** Conversations answered at the same time. */
const MOST = 8;

/** How messages come in and get their turn. */
export function createIntake(options: AtomOptions, parts: IntakeParts): Intake {
  const { clock, metrics } = options;
  const { records, running, agents, halt } = parts;
  const log = options.log.part('sessions');
  const work = createSessionWorker({
    store: records.store,
    clock,
    steady: records.steady,
    log,
    running,
    agentFor: agentForIn(options.config.channels, records.users),
    // A paused agent does nothing, so atom itself says so.
    performFor: async ({ agent }) =>
      (await agents.find(agent)).paused ? parts.performAsSystem : parts.performAs(agent),
    turn: async (input, signal) => {
      const agent = await agents.find(input.session.agent);
      if (agent.paused) return sayPaused(options, input, agent);
      const user = await userBehind({ users: records.users, sql: records.store }, input.event);
      if (user && !user.agents.includes(agent.id)) return sayAnothers(options, input, agent);
      const result = await parts.turn(input, signal);
      await parts.errands.report({ ...input, result }, signal);
      agents.suggest(agent.id).catch((error: unknown) => log.error(`not looked: ${String(error)}`));
      return result;
    },
    held: () => halt.current()?.kind,
    draft: records.conversations.draft,
    meanwhile: (busy) =>
      createMeanwhile(
        {
          store: records.store,
          steady: records.steady,
          mode: options.config.sessions.whileBusy,
          held: () => halt.current() !== undefined,
          // Standing approvals and revocations are of one speaker: nobody acts under another's; and two errands of
          // one agent may be for different others. An exact command is no part of what else is said.
          together: (one, other) =>
            nameOf(one) === nameOf(other) &&
            ![one, other].some((event) => isErrand(event) || isTurnCommand(event.text)),
        },
        busy,
      ),
    onCut: parts.halts.onCut,
  });
  const pour = createPour(clock);
  const loop = createLaneLoop({
    store: records.store,
    clock: records.steady,
    queue: 'in',
    most: MOST,
    more: parts.errands.waiting,
    leaseMs: LEASE_MS,
    open: () => halt.current() === undefined,
    holdMs: pour.holdMs,
    ...work,
    onError: (error) => log.error(`a session stumbled: ${String(error)}`),
  });
  const wakes = [
    records.bus.on('inbound', () => {
      // Only what was kept: strangers who are not let in hold up nobody's turn.
      pour.came();
      loop.wake();
    }),
    records.bus.on('halt.changed', () => loop.wake()),
  ];
  const ingress = ingressDeps(options, parts);
  return {
    accept: async (event) => {
      const accepted = await accept(ingress, event);
      if (accepted.new) metrics.received(event.from.channel, event.id);
      return accepted;
    },
    start: loop.start,
    stop: async () => {
      for (const stop of wakes) stop();
      const stopped = loop.stop();
      const over = await interruptWaiting(parts, log);
      await stopped;
      over();
    },
  };
}

/** A conversation of an agent is its own, and a program or an agent elsewhere may be another agent's to answer. */
const agentForIn =
  ({ webhook, a2a }: AtomOptions['config']['channels'], users: Pick<Users, 'at'>) =>
  (event: InboundEvent): string => {
    const { from } = event;
    if (from.channel === 'agent') return from.peer;
    if (from.channel === 'a2a') {
      const remote = a2a?.remotes.find(({ name }) => name === from.account);
      return remote?.agent ?? a2a?.agents[0] ?? MAIN_AGENT.id;
    }
    const user = event.isGroup ? undefined : speaker(users, event);
    if (user) return user.agents[0] ?? MAIN_AGENT.id;
    const sources = from.channel === 'webhook' ? webhook?.sources : undefined;
    return sources?.find(({ name }) => name === from.account)?.agent ?? MAIN_AGENT.id;
  };

const isErrand = ({ via }: InboundEvent): boolean => via?.surface === 'agent';

const nameOf = (event: InboundEvent): string => {
  const { surface, id } = speakerOf(event);
  return `${surface}/${id}`;
};

type Turn = SessionWorkerDeps['turn'];

const sayPaused = (options: Pick<AtomOptions, 'emit'>, input: Told, { name }: Agent) =>
  sayBlocked(
    options,
    input,
    `${name} is paused and does nothing. To let it work again: atom agents resume ${name}`,
  );

const sayAnothers = (options: Pick<AtomOptions, 'emit'>, input: Told, { name }: Agent) =>
  sayBlocked(
    options,
    input,
    `${name} is none of your agents, so nothing was done. Send /agent to see who is.`,
  );

type Told = Parameters<Turn>[0];

/** What atom says in an agent's place. */
async function sayBlocked(
  { emit }: Pick<AtomOptions, 'emit'>,
  { session, event }: Told,
  text: string,
): ReturnType<Turn> {
  const state = { step: 'ended', result: 'blocked' } as const;
  emit({ kind: 'turn', session: session.id, event: event.id, state });
  return { kind: 'blocked', text };
}

/** Cuts off the turns that wait for an answer, now and from now on; they ask again at the next start. */
async function interruptWaiting({ records, running }: IntakeParts, log: Log): Promise<() => void> {
  const { store, bus } = records;
  const cut = async ({ request }: Approval): Promise<void> => {
    const session = await sessionById(store, request.context.session ?? '');
    if (session) running.interrupt(session.key);
  };
  const unsubscribe = bus.on('approval.asked', (approval) => {
    cut(approval).catch((error: unknown) => log.error(`not cut off: ${String(error)}`));
  });
  for (const approval of await pendingApprovals(store)) await cut(approval);
  return unsubscribe;
}
