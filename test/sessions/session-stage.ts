import type { Planner } from '../../src/agent/planner.ts';
import { builtInTools } from '../../src/agent/tools.ts';
import { createTurn } from '../../src/agent/turn.ts';
import type { TurnDeps } from '../../src/agent/turn-deps.ts';
import { createConversations } from '../../src/assembly/conversations.ts';
import { transcriptOf } from '../../src/assembly/turn-transcript.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Perform } from '../../src/domain/action.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { createReply } from '../../src/outbox/reply.ts';
import { createMeanwhile, type WhileBusy } from '../../src/sessions/meanwhile.ts';
import { createRunning } from '../../src/sessions/running.ts';
import { createSessionWorker, type SessionWorkerDeps } from '../../src/sessions/worker.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { claimLane } from '../../src/store/tables/lanes.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { conversation } from '../../src/store/tables/transcript.ts';
import { setGovernor } from '../governance/stage.ts';
import { facts } from '../outbox/stage.ts';
import { freshStore, heldClock, workIn } from '../store/fresh.ts';

export const LANE = 'telegram:dm:42';
export const LEASE_MS = 60_000;

export const event = (id: string, more: Partial<InboundEvent> = {}): InboundEvent => ({
  id,
  externalId: id,
  from: { channel: 'telegram', account: '1', peer: '42' },
  sender: { id: '42' },
  kind: 'message',
  text: id,
  media: [],
  isGroup: false,
  mentionsMe: false,
  at: 1,
  ...more,
});

export interface SessionScene {
  readonly plan: Planner['plan'];
  readonly mode?: WhileBusy;
  /** Called before each thing that a turn does; may say more, let time pass, or throw as a crash would. */
  readonly tick?: () => Promise<void>;
  readonly isOwner?: TurnDeps['isOwner'];
  /** The way out of replies; that of everything else unless told. */
  readonly answers?: Perform;
}

/** A session from the spool to the outbox: real rows, a real governor, real turns, and a planner that is told what to do. */
export async function setSession(scene: SessionScene) {
  const { mode = 'steer', tick = async () => undefined } = scene;
  const { store } = await freshStore();
  const clock = heldClock();
  const running = createRunning();
  const conversations = createConversations(store);
  const reply = createReply({
    store,
    bus: createBus(),
    clock,
    facts: () => facts,
    isAllTheirs: async () => false,
    isPublic: async () => false,
    isOwners: async () => true,
  });
  const governed = await setGovernor({ store, clock, actions: [reply], maturity: 'autonomous' });
  const { perform, world } = governed;
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  const turn: SessionWorkerDeps['turn'] = ({ stillMine, draft, ...input }, signal) => {
    const place = { session: input.session, stillMine, draft };
    const { append, later, load, goesOn, sumUp } = transcriptOf(
      { store, conversations, clock },
      place,
    );
    return createTurn({
      perform: async (intent, options) => {
        await tick();
        return perform(intent, { ...options, stillMine, upfront: draft });
      },
      planner: async () => {
        await tick();
        return { name: 'scripted', sees: 'conversation', plan: scene.plan };
      },
      tools: () => builtInTools,
      isOwner: scene.isOwner ?? (async () => true),
      transcript: {
        load,
        goesOn,
        sumUp,
        append: async (entry) => {
          await tick();
          await append(entry);
        },
        later: async (entry) => {
          await tick();
          await later?.(entry);
        },
      },
      onState: () => undefined,
      onOutput: () => undefined,
      log: createLog(() => undefined),
    }).run(input, signal);
  };
  const worker = createSessionWorker({
    store,
    clock,
    running,
    turn,
    steady: clock,
    agentFor: () => 'atom',
    log: createLog(() => undefined),
    performFor: async () => scene.answers ?? perform,
    held: () => undefined,
    draft: conversations.draft,
    meanwhile: (busy) =>
      createMeanwhile(
        { store, steady: clock, mode, held: () => false, together: () => true },
        busy,
      ),
    onCut: async () => undefined,
  });
  const work = workIn(store, worker);
  const say = async (id: string, more: Partial<InboundEvent> = {}): Promise<void> => {
    await store.tx((sql) => spoolEvent(sql, event(id, more), LANE));
    running.heard(LANE, clock.now());
    if (mode === 'interrupt') running.stopFor({ key: LANE, event: id });
  };
  const step = async (): Promise<boolean> => {
    const now = clock.now();
    const held = await store.tx((sql) => claimLane(sql, { queue: 'in', now, leaseMs: LEASE_MS }));
    if (held) await work(held, new AbortController().signal);
    return held !== undefined;
  };
  /** Takes turns until nothing waits; what was put off is waited for. */
  const drain = async (): Promise<void> => {
    for (let idle = 0; idle < 3; ) {
      idle = (await step()) ? 0 : idle + 1;
      if (idle > 0) clock.pass(LEASE_MS);
    }
  };
  const replies = async (): Promise<readonly string[]> =>
    (await store.all('SELECT body FROM outbox ORDER BY seq')).map(
      ({ body }) => (JSON.parse(String(body)) as { text: string }).text,
    );
  const transcript = async () => {
    const session = await store.get('SELECT id FROM session');
    return conversation(store, String(session?.id));
  };
  return {
    ...governed,
    store,
    clock,
    running,
    worker,
    work,
    world,
    say,
    step,
    drain,
    replies,
    transcript,
  };
}
