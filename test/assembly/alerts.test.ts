import { expect, onTestFinished, test } from 'vitest';
import { startAlerts } from '../../src/assembly/alerts.ts';
import { createLog, type LogLine } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { Store } from '../../src/domain/store.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createDelivery } from '../../src/outbox/deliver.ts';
import { createLaneLoop } from '../../src/store/lane-loop.ts';
import { startWebhookTarget } from '../peers/webhook-target.ts';
import { freshStore, type HeldClock, heldClock } from '../store/fresh.ts';

/** What posts the alerts of a gateway, without the gateway. */
async function world(
  alerts: readonly object[],
  stored: Readonly<Record<string, string>>,
  { store, clock }: Kept = { clock: heldClock() },
) {
  store ??= (await freshStore()).store;
  const [bus, said] = [createBus(), [] as LogLine[]];
  const log = createLog((line) => said.push(line));
  const config = configSchema.parse({ version: 1, alerts });
  const secrets = { get: async (name: string) => stored[name] };
  const options = { config, secrets, log, clock, paths: { profile: 'test' } } as never;
  const audit = createAudit(clock);
  const running = await startAlerts(options, { bus, store, audit });
  onTestFinished(() => running.stop());
  const loop = createLaneLoop({
    store,
    clock,
    queue: 'out',
    most: 4,
    leaseMs: 60_000,
    ...createDelivery({
      store,
      clock,
      steady: clock,
      audit,
      log,
      metrics: createMetrics(clock),
      channel: running.channel,
      discard: async () => undefined,
    }),
    onError: (error) => log.error(String(error)),
  });
  bus.on('outbound', () => loop.wake());
  onTestFinished(() => loop.stop());
  const record = () => store.all("SELECT kind, body FROM audit WHERE kind LIKE 'alert.%'");
  return { store, clock, bus, said, record, running, loop };
}

interface Kept {
  readonly store?: Store;
  readonly clock: HeldClock;
}

const paused = { kind: 'halted', at: 0, by: { surface: 'telegram', id: '42' } } as const;

test('each target gets the events that it is for, and the record says what was posted', async () => {
  const [all, some] = [await startWebhookTarget(), await startWebhookTarget('/hook')];
  onTestFinished(all.close);
  onTestFinished(some.close);
  const { bus, record, said, loop } = await world(
    [
      { name: 'discord', format: 'discord' },
      { name: 'ops', events: ['panic'] },
    ],
    { 'alerts.discord': all.url, 'alerts.ops': some.url },
  );
  loop.start();
  bus.tell('alert', { kind: 'channel', text: 'Telegram failed: no token' });
  bus.tell('halt.changed', { was: undefined, now: paused, by: paused.by });
  const change = { agent: 'main', from: 'supervised', to: 'intern', why: 'It failed.' } as const;
  bus.tell('agent.changed', { ...change, kind: 'demoted', by: 'atom' });
  bus.tell('agent.changed', { ...change, kind: 'promoted', by: 'owner' });
  bus.tell('limit.reached', { id: 'l1', words: 'The budget of the day is spent.' });
  await expect.poll(() => all.bodies.length).toBe(4);
  await expect.poll(() => some.bodies.length).toBe(1);
  expect(some.bodies[0]).toMatchObject({ kind: 'panic', text: /halted since/ });
  await expect.poll(async () => (await record()).length).toBe(5);
  expect(JSON.stringify([await record(), said])).not.toContain('secret-part');
});

test('what cannot be posted breaks nothing, and is said', async () => {
  const target = await startWebhookTarget();
  onTestFinished(target.close);
  target.next(404);
  const { bus, record, said, loop } = await world(
    [{ name: 'gone', format: 'discord' }, { name: 'empty' }, { name: 'odd' }],
    { 'alerts.gone': target.url, 'alerts.odd': 'http://a.example' },
  );
  loop.start();
  bus.tell('alert', { kind: 'record', text: 'the record was not signed' });
  await expect.poll(async () => (await record()).map(({ kind }) => kind)).toEqual(['alert.failed']);
  const words = said.map(({ text }) => text).join('\n');
  expect(words).toMatch(/not posted to gone: it does not know this webhook \(404\)/);
  expect(words).toMatch(/no address is stored for empty: atom alerts add empty/);
  expect(words).toMatch(/what is stored for odd is no https address/);
});

test('the address of the environment alone gets everything', async () => {
  const target = await startWebhookTarget();
  onTestFinished(target.close);
  const { bus, loop } = await world([], { 'alerts.discord': target.url });
  loop.start();
  bus.tell('factor.locked', { until: 0 });
  bus.tell('alert', { kind: 'doubt', text: 'a run' });
  await expect.poll(() => target.bodies.length).toBe(2);
});

test('the same is told once, a flood is held back and counted, and nothing is lost with the process', async () => {
  const target = await startWebhookTarget('/hook');
  onTestFinished(target.close);
  const stored = { 'alerts.ops': target.url };
  const before = await world([{ name: 'ops' }], stored);
  const key = `sk-${'a'.repeat(30)}`;
  for (let at = 0; at < 30; at += 1)
    before.bus.tell('alert', { kind: 'doubt', text: `run ${at % 15} with ${key}` });
  await before.running.stop();
  expect(target.bodies).toEqual([]);
  expect(JSON.stringify(await before.store.all('SELECT body FROM outbox'))).not.toContain(key);
  // The next process posts what the last one only kept.
  const after = await world([{ name: 'ops' }], stored, before);
  after.loop.start();
  for (let passed = 0; passed < 10 && target.bodies.length < 10; passed += 1) {
    await expect.poll(() => target.bodies.length).toBeGreaterThanOrEqual(Math.min(10, passed * 5));
    after.clock.pass(5100);
    after.loop.wake();
  }
  await expect.poll(() => target.bodies.length).toBe(10);
  for (let at = 0; at < 3; at += 1) after.bus.tell('alert', { kind: 'doubt', text: `more ${at}` });
  after.clock.pass(600_000);
  after.bus.tell('alert', { kind: 'doubt', text: 'later' });
  await expect.poll(() => target.bodies.length).toBe(11);
  expect(target.bodies[10]?.text).toBe('later (3 more were held back before it)');
});

test('a busy target is asked again, and what it refuses for good is on the record', async () => {
  const target = await startWebhookTarget('/hook');
  onTestFinished(target.close);
  const { bus, loop, clock, record } = await world([{ name: 'ops' }], { 'alerts.ops': target.url });
  target.next(503, { 'retry-after': '1' });
  loop.start();
  bus.tell('alert', { kind: 'panic', text: 'halted' });
  await expect.poll(() => target.bodies.length).toBe(1);
  await expect
    .poll(() => {
      clock.pass(1000);
      loop.wake();
      return target.bodies.length;
    })
    .toBe(2);
  await expect.poll(async () => (await record()).map(({ kind }) => kind)).toEqual(['alert.posted']);
});

test('what the store does not take is posted at once', async () => {
  const target = await startWebhookTarget('/hook');
  onTestFinished(target.close);
  const { bus, store } = await world([{ name: 'ops' }], { 'alerts.ops': target.url });
  await store.run(
    `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  bus.tell('alert', { kind: 'record', text: 'the record was not signed' });
  await expect.poll(() => target.bodies.length).toBe(1);
});
