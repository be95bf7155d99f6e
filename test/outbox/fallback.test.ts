import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Address } from '../../src/domain/address.ts';
import type { Approval } from '../../src/domain/approval.ts';
import {
  type ChannelFacts,
  type ChannelHealth,
  SendError,
  type SendFailure,
  type SendRequest,
} from '../../src/domain/channel.ts';
import { createCallbacks } from '../../src/governance/approvals/callback.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { startCards } from '../../src/outbox/cards.ts';
import { createDelivery } from '../../src/outbox/deliver.ts';
import { showCards } from '../../src/outbox/show-cards.ts';
import { decideApproval, insertApproval } from '../../src/store/tables/approvals.ts';
import { claimLane } from '../../src/store/tables/lanes.ts';
import { until } from '../flows/stage/until.ts';
import { freshStore, heldClock, workIn } from '../store/fresh.ts';
import { approvalOf } from './card.ts';
import { facts } from './stage.ts';

const FALLBACK_MS = 20_000;
const inChat = (channel: string): Address => ({ channel, account: '1', peer: '42' });

/** The owner on Signal, Telegram and WhatsApp, ranked so; each does what it is told. */
async function setStage(more: Readonly<Record<string, Partial<ChannelFacts>>> = {}) {
  const { store } = await freshStore();
  const [bus, clock, log] = [createBus(), heldClock(), createLog(() => undefined)];
  const sent: (SendRequest & { readonly channel: string })[] = [];
  const broken = new Map<string, SendFailure>();
  const health = new Map<string, ChannelHealth['state']>();
  const factsOf = (name: string): ChannelFacts => ({
    ...facts,
    name,
    label: name[0]?.toUpperCase() + name.slice(1),
    rate: {},
    ...more[name],
  });
  const deps = {
    store,
    bus,
    clock,
    log,
    callbacks: createCallbacks(Buffer.from('key')),
    facts: factsOf,
    ownerChats: async () => ['telegram', 'whatsapp', 'signal'].map(inChat),
    order: ['signal', 'telegram'],
    fallbackMs: FALLBACK_MS,
    health: (name: string) => health.get(name) ?? ('ready' as const),
  };
  onTestFinished(startCards(deps));
  const delivery = createDelivery({
    store,
    clock,
    steady: clock,
    log,
    audit: createAudit(clock),
    metrics: createMetrics(clock),
    discard: async () => undefined,
    undelivered: (approval) => bus.tell('card.undelivered', { approval }),
    channel: (name) => ({
      facts: factsOf(name),
      open: () => undefined,
      close: async () => undefined,
      send: async (message) => {
        const failure = broken.get(name);
        if (failure) throw new SendError(failure);
        sent.push({ ...message, channel: name });
        return { externalId: `${name}${sent.length}` };
      },
    }),
  });
  const deliver = workIn(store, delivery);
  /** Sends all that is due now. */
  const send = async (): Promise<void> => {
    for (;;) {
      const now = clock.now();
      const claim = await store.tx((sql) => claimLane(sql, { queue: 'out', now, leaseMs: 60_000 }));
      if (!claim) return;
      await deliver(claim, new AbortController().signal);
    }
  };
  let queued = 0;
  bus.on('outbound', () => {
    queued += 1;
  });
  /** Does something that has cards queued, and sends them. */
  const after = async (act: () => void | Promise<void>): Promise<void> => {
    const before = queued;
    await act();
    await until('the cards were queued', () => queued > before);
    await send();
  };
  const ask = async (approval: Approval): Promise<void> => {
    await insertApproval(store, approval, 'boot');
    await after(() => bus.tell('approval.asked', approval));
  };
  const places = (): readonly string[] => sent.map(({ channel }) => channel);
  return { store, bus, clock, deps, sent, broken, health, send, after, ask, places };
}

const approval = approvalOf({}, 300_000 + heldClock().now());
const alsoIn = (message: SendRequest | undefined) =>
  /also waiting: (.*)/.exec(message?.text ?? '')?.[1];
const labels = (message: SendRequest | undefined) =>
  (message?.buttons ?? []).flat().map(({ label }) => label);

describe('a question to an owner who ranked the channels', () => {
  it('goes to the first one alone while that works', async () => {
    const { ask, places, sent, clock, deps, send } = await setStage();
    await ask(approval);
    clock.pass(FALLBACK_MS + 1);
    await showCards(deps, approval);
    await send();
    expect(places()).toEqual(['signal']);
    expect(alsoIn(sent[0])).toBeUndefined();
  });

  it.each([
    { kind: 'refused', reason: 'blocked' },
    { kind: 'unknown', reason: 'cut off' },
  ] as const)(
    'goes to the next at once where it did not arrive ($kind), and says where else',
    async (failure) => {
      const { ask, broken, places, sent, send, bus } = await setStage();
      broken.set('signal', failure);
      const shown = until('it was shown elsewhere', async () => {
        await send();
        return places().includes('telegram');
      });
      await ask(approval);
      await shown;
      expect(places()).toEqual(['telegram']);
      expect(alsoIn(sent[0])).toBe('Signal, terminal');
      expect(labels(sent[0])).toContain('Once');
      bus.tell('approval.decided', { ...approval, state: 'denied' });
    },
  );

  it('goes to the next where the first is down for so long, and tells it of that when it is back', async () => {
    const { ask, broken, places, sent, clock, deps, send } = await setStage();
    broken.set('signal', { kind: 'later', reason: 'the daemon is gone', retryMs: FALLBACK_MS });
    await ask(approval);
    await showCards(deps, approval);
    expect(places()).toEqual([]);
    clock.pass(FALLBACK_MS);
    await showCards(deps, approval);
    broken.clear();
    await send();
    expect([...places()].sort()).toEqual(['signal', 'telegram']);
    const on = (name: string) => sent.find(({ channel }) => channel === name);
    expect(alsoIn(on('telegram'))).toBe('Signal, terminal');
    expect(alsoIn(on('signal'))).toBe('Telegram, terminal');
  });

  it('does not wait where the first is known to be broken', async () => {
    const { ask, health, broken, places } = await setStage();
    health.set('signal', 'failed');
    broken.set('signal', { kind: 'later', reason: 'not linked', retryMs: 3_600_000 });
    await ask(approval);
    expect(places()).toEqual(['telegram']);
  });

  it('goes on where an answer could not come in any more, and has the first copy say so', async () => {
    const { ask, health, places, sent, clock, deps, send } = await setStage();
    await ask(approval);
    health.set('signal', 'retrying');
    clock.pass(FALLBACK_MS);
    await showCards(deps, approval);
    await send();
    expect(places()).toEqual(['signal', 'telegram', 'signal']);
    expect(sent[2]).toMatchObject({ edits: 'signal1' });
    expect(alsoIn(sent[2])).toBe('Telegram, terminal');
    expect(labels(sent[2])).toContain('Once');
  });

  it.each([
    ['is too long for it', { signal: { maxLength: 260 } }, {}],
    ['needs more proof than it can give', { signal: { mostFactor: 'tap' } }, { factor: 'typed' }],
  ] as const)(
    'is whole on the next where it %s, without a yes on the first',
    async (_, more, parts) => {
      const { ask, sent, places } = await setStage(more);
      await ask(approvalOf(parts, approval.expiresAt));
      expect(places()).toEqual(['signal', 'telegram']);
      expect(labels(sent[0])).toEqual(['Deny', 'Deny & stop']);
      expect(sent[0]?.text).toContain('atom approvals show k7p2');
      expect(sent[1]?.text).toContain('$ mv');
    },
  );

  it('reaches those that were not ranked once all that were are broken, and no one else is touched', async () => {
    const { ask, broken, places, send } = await setStage();
    const gone = { kind: 'refused', reason: 'gone' } as const;
    for (const name of ['signal', 'telegram']) broken.set(name, gone);
    const shown = until('it was shown elsewhere', async () => {
      await send();
      return places().includes('whatsapp');
    });
    await ask(approval);
    await shown;
    expect(places()).toEqual(['whatsapp']);
  });

  it('is shown nowhere else once it is answered', async () => {
    const { ask, broken, places, clock, deps, store, send } = await setStage();
    broken.set('signal', { kind: 'later', reason: 'down', retryMs: FALLBACK_MS });
    await ask(approval);
    await decideApproval(store, approval.id, { state: 'denied', at: clock.now() });
    clock.pass(FALLBACK_MS);
    expect(await showCards(deps, approval)).toBe(false);
    broken.clear();
    await send();
    expect(places()).toEqual(['signal']);
  });
});
