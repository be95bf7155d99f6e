import { createLog } from '../../src/base/log.ts';
import type { Address } from '../../src/domain/address.ts';
import {
  type Channel,
  type ChannelFacts,
  SendError,
  type SendFailure,
  type SendRequest,
} from '../../src/domain/channel.ts';
import type { OutboundMedia } from '../../src/domain/message.ts';
import type { Store } from '../../src/domain/store.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createDelivery } from '../../src/outbox/deliver.ts';
import { type Outgoing, queueText } from '../../src/outbox/queue.ts';
import { claimLane, nextDue } from '../../src/store/tables/lanes.ts';
import { freshStore, heldClock, workIn } from '../store/fresh.ts';

export const facts: ChannelFacts = {
  name: 'telegram',
  label: 'Telegram',
  transport: 'scripted',
  threads: true,
  buttons: true,
  edits: true,
  media: { image: 1_000_000 },
  idempotentSend: false,
  maxLength: 4096,
  rate: {
    chat: { count: 1, ms: 1000 },
    group: { count: 20, ms: 60_000 },
    overall: { count: 30, ms: 1000 },
  },
};

export const chat = (peer: string): Address => ({ channel: 'telegram', account: '1', peer });

const LEASE_MS = 60_000;

/** An outbox on a real store, a clock that stands still, and a platform that does what it is told. */
export async function setOutbox(more: Partial<ChannelFacts> = {}, given?: Store) {
  const store = given ?? (await freshStore()).store;
  const clock = heldClock();
  const sent: (SendRequest & { readonly at: number })[] = [];
  const failures: (SendFailure | Error)[] = [];
  const discarded: OutboundMedia[] = [];
  const during: { run?: () => Promise<unknown> } = {};
  const channel: Channel = {
    facts: { ...facts, ...more },
    open: () => undefined,
    close: async () => undefined,
    send: async (message) => {
      sent.push({ ...message, at: clock.now() });
      await during.run?.();
      const failure = failures.shift();
      if (failure instanceof Error) throw failure;
      if (failure) throw new SendError(failure);
      return { externalId: `x${sent.length}` };
    },
  };
  const metrics = createMetrics(clock);
  const delivery = createDelivery({
    metrics,
    store,
    clock,
    steady: clock,
    audit: createAudit(clock),
    log: createLog(() => undefined),
    discard: async (media) => void discarded.push(media),
    channel: (name) => (name === 'telegram' ? channel : undefined),
  });
  const deliver = workIn(store, delivery);
  const queue = (message: Omit<Outgoing, 'at'>) =>
    store.tx((sql) => queueText(sql, channel.facts, { ...message, at: clock.now() }));
  const claim = () =>
    store.tx((sql) => claimLane(sql, { queue: 'out', now: clock.now(), leaseMs: LEASE_MS }));
  /** Does all that is due now; false where nothing was. */
  const step = async (): Promise<boolean> => {
    const held = await claim();
    if (held) await deliver(held, new AbortController().signal);
    return held !== undefined;
  };
  /** Lets time pass from one thing that is due to the next, until nothing waits. */
  const drain = async (): Promise<void> => {
    for (let i = 0; i < 10_000; i++) {
      if (await step()) continue;
      const due = await nextDue(store, 'out');
      if (due === undefined) return;
      clock.pass(Math.max(1, due - clock.now()));
    }
    throw new Error('the outbox never came to rest');
  };
  const states = async () =>
    Object.fromEntries(
      (await store.all('SELECT id, state FROM outbox ORDER BY seq')).map((row) => [
        row.id,
        row.state,
      ]),
    );
  const kinds = async () =>
    (await store.all('SELECT kind FROM audit ORDER BY seq')).map((r) => r.kind);
  return {
    store,
    clock,
    metrics,
    sent,
    failures,
    discarded,
    during,
    deliver,
    queue,
    claim,
    step,
    drain,
    states,
    kinds,
  };
}
