import type { Clock } from '../base/clock.ts';
import type {
  ChannelCounts,
  ClientCounts,
  ClientKind,
  HookCounts,
  HookOutcome,
  LiveStats,
  SendOutcome,
} from '../domain/live-stats.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';

/**
 * Counts what this run of the gateway does. Everything is counted by the name of a channel, of a provider
 * or of a kind of client, so that there are few of them and none tells of a person.
 */
export interface Metrics {
  connection(what: 'opened' | 'closed' | 'refused' | 'resumed', client: ClientKind): void;
  /** A request of a client begins; call what comes back once it is answered. */
  request(client: ClientKind): (answer: { readonly ok: boolean }) => void;
  /** A channel tries to reach its platform. */
  attempt(channel: string): void;
  /** A channel works again. */
  reconnected(channel: string): void;
  /** A message was taken in; its answer, where one is sent, is timed from now. */
  received(channel: string, event: string): void;
  /** One try to send; `ms` where the platform was asked. */
  sent(channel: string, outcome: SendOutcome, ms?: number): void;
  /** The answer to a message was sent. */
  answered(channel: string, event: string): void;
  /** A request of a channel's platform was answered, after so many ms. */
  hooked(channel: string, outcome: HookOutcome, ms: number): void;
  /** A circuit opened. */
  tripped(circuit: string): void;
  read(): LiveStats;
}

/** So many messages whose answers are waited for make a generation; the oldest are forgotten in the end. */
const MOST_WAITING = 5000;

/** Counters that begin at nothing now. */
export function createMetrics(clock: Clock): Metrics {
  const startedAt = clock.now();
  const channels = new Map<string, ChannelCounting>();
  const clients = new Map<ClientKind, ClientCounting>();
  const hooks = new Map<string, HookCounting>();
  const trips = new Map<string, number>();
  // Two generations, of which the older is forgotten at once: to look for the oldest one takes long.
  let waiting = new Map<string, number>();
  let before = new Map<string, number>();
  const channel = (name: string): ChannelCounting => known(channels, name, countChannel);
  const client = (kind: ClientKind): ClientCounting => known(clients, kind, countClient);
  return {
    connection: (what, kind) => {
      client(kind)[what] += 1;
    },
    request: (kind) => {
      const began = clock.monotonic();
      return ({ ok }) => {
        client(kind)[ok ? 'answered' : 'failed'] += 1;
        client(kind).watch.took(clock.monotonic() - began);
      };
    },
    attempt: (name) => {
      channel(name).attempts += 1;
    },
    reconnected: (name) => {
      channel(name).reconnects += 1;
    },
    received: (name, event) => {
      channel(name).received += 1;
      if (waiting.size >= MOST_WAITING) [before, waiting] = [waiting, new Map()];
      waiting.set(event, clock.monotonic());
    },
    sent: (name, outcome, ms) => {
      channel(name).outcomes[outcome] += 1;
      if (ms !== undefined) channel(name).send.took(ms);
    },
    answered: (name, event) => {
      const since = waiting.get(event) ?? before.get(event);
      waiting.delete(event);
      before.delete(event);
      if (since !== undefined) channel(name).reply.took(clock.monotonic() - since);
    },
    hooked: (name, outcome, ms) => {
      const counts = known(hooks, name, countHook);
      counts.outcomes[outcome] += 1;
      counts.watch.took(ms);
    },
    tripped: (circuit) => {
      trips.set(circuit, (trips.get(circuit) ?? 0) + 1);
    },
    read: () => ({
      startedAt,
      channels: [...channels].map(([name, counts]) => readChannel(name, counts)),
      clients: [...clients].map(([kind, counts]) => readClient(kind, counts)),
      hooks: [...hooks].map(([name, counts]) => readHook(name, counts)),
      trips: [...trips].map(([circuit, count]) => ({ circuit, count })),
    }),
  };
}

function known<K, V>(all: Map<K, V>, key: K, make: () => V): V {
  const found = all.get(key);
  if (found !== undefined) return found;
  const fresh = make();
  all.set(key, fresh);
  return fresh;
}

interface ChannelCounting {
  attempts: number;
  reconnects: number;
  received: number;
  readonly outcomes: Record<SendOutcome, number>;
  readonly reply: Stopwatch;
  readonly send: Stopwatch;
}

const countChannel = (): ChannelCounting => ({
  attempts: 0,
  reconnects: 0,
  received: 0,
  outcomes: { sent: 0, failed: 0, retried: 0, uncertain: 0, expired: 0 },
  reply: createStopwatch(),
  send: createStopwatch(),
});

const readChannel = (
  channel: string,
  { reply, send, ...counts }: ChannelCounting,
): ChannelCounts => ({
  channel,
  ...counts,
  outcomes: { ...counts.outcomes },
  reply: reply.read(),
  send: send.read(),
});

interface ClientCounting {
  opened: number;
  closed: number;
  refused: number;
  resumed: number;
  answered: number;
  failed: number;
  readonly watch: Stopwatch;
}

const countClient = (): ClientCounting => ({
  opened: 0,
  closed: 0,
  refused: 0,
  resumed: 0,
  answered: 0,
  failed: 0,
  watch: createStopwatch(),
});

const readClient = (client: ClientKind, { watch, ...counts }: ClientCounting): ClientCounts => ({
  client,
  ...counts,
  request: watch.read(),
});

interface HookCounting {
  readonly outcomes: Record<HookOutcome, number>;
  readonly watch: Stopwatch;
}

const countHook = (): HookCounting => ({
  outcomes: { taken: 0, refused: 0, failed: 0 },
  watch: createStopwatch(),
});

const readHook = (channel: string, { outcomes, watch }: HookCounting): HookCounts => ({
  channel,
  outcomes: { ...outcomes },
  answer: watch.read(),
});
