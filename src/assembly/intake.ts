import type { Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import { type Accepted, accept, type IngressDeps } from '../ingress/accept.ts';
import { createStrangers } from '../ingress/strangers.ts';
import { queueText } from '../outbox/queue.ts';
import type { Running } from '../sessions/running.ts';
import { createSessionWorker, type SessionWorkerDeps } from '../sessions/worker.ts';
import { createLaneLoop } from '../store/lane-loop.ts';
import type { Channels } from './channels.ts';
import type { AtomOptions } from './parts.ts';
import { MAIN_AGENT, type Records } from './record.ts';

export interface Intake {
  accept(event: InboundEvent): Promise<Accepted>;
  start(): void;
  /** Takes no new turns and waits for those under way. */
  stop(): Promise<void>;
}

export interface IntakeParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly running: Running;
  readonly performAsAgent: Perform;
  readonly performAsSystem: Perform;
  readonly turn: SessionWorkerDeps['turn'];
}

const LEASE_MS = 30_000;
/** Conversations answered at the same time. */
const MOST = 8;

/** How messages come in and get their turn. */
export function createIntake(options: AtomOptions, parts: IntakeParts): Intake {
  const { clock } = options;
  const { records, running } = parts;
  const log = options.log.part('sessions');
  const work = createSessionWorker({
    store: records.store,
    clock,
    log,
    running,
    agent: MAIN_AGENT.id,
    perform: parts.performAsAgent,
    turn: parts.turn,
  });
  const loop = createLaneLoop({
    store: records.store,
    clock,
    queue: 'in',
    most: MOST,
    leaseMs: LEASE_MS,
    work,
    onError: (error) => log.error(`a session stumbled: ${String(error)}`),
  });
  const unsubscribe = records.bus.on('inbound', () => loop.wake());
  const ingress = ingressDeps(options, parts);
  return {
    accept: (event) => accept(ingress, event),
    start: loop.start,
    stop: async () => {
      unsubscribe();
      await loop.stop();
    },
  };
}

function ingressDeps(options: AtomOptions, parts: IntakeParts): IngressDeps {
  const { records, channels, running } = parts;
  const { store, bus, approvals, callbacks } = records;
  const { clock } = options;
  const log = options.log.part('ingress');
  const allow = new Set(options.config.channels.telegram?.allow ?? []);
  return {
    ...{ store, bus, approvals, callbacks, log },
    allowed: (channel) => (channel === 'telegram' ? allow : new Set()),
    onStranger: createStrangers({ perform: parts.performAsSystem, clock, log }),
    stopTurn: (key) => running.stop(key),
    say: async (event, text) => {
      const id = `say:${event.id}`;
      const { from: to, id: inReplyTo } = event;
      const facts = channels.facts(to.channel);
      await store.tx((sql) => queueText(sql, facts, { id, to, text, inReplyTo, at: clock.now() }));
      bus.tell('outbound', undefined);
    },
    acknowledge: async (event, note) => {
      try {
        await channels.get(event.from.channel)?.acknowledge?.(event, note);
      } catch (error) {
        log.warn(`a button press could not be acknowledged: ${String(error)}`);
      }
    },
  };
}
