import { expect, onTestFinished, test } from 'vitest';
import { startAlerts } from '../../src/assembly/alerts.ts';
import { createLog, type LogLine } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import { configSchema } from '../../src/config/schema.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { startWebhookTarget } from '../peers/webhook-target.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

/** What posts the alerts of a gateway, without the gateway. */
async function world(alerts: readonly object[], stored: Readonly<Record<string, string>>) {
  const { store } = await freshStore();
  const [clock, bus, said] = [heldClock(), createBus(), [] as LogLine[]];
  const log = createLog((line) => said.push(line));
  const config = configSchema.parse({ version: 1, alerts });
  const secrets = { get: async (name: string) => stored[name] };
  const options = { config, secrets, log, clock, paths: { profile: 'test' } } as never;
  const running = await startAlerts(options, { bus, store, audit: createAudit(clock) });
  onTestFinished(() => running.stop());
  const record = () => store.all("SELECT kind, body FROM audit WHERE kind LIKE 'alert.%'");
  return { bus, said, record };
}

const paused = { kind: 'halted', at: 0, by: { surface: 'telegram', id: '42' } } as const;

test('each target gets the events that it is for, and the record says what was posted', async () => {
  const [all, some] = [await startWebhookTarget(), await startWebhookTarget('/hook')];
  onTestFinished(all.close);
  onTestFinished(some.close);
  const { bus, record, said } = await world(
    [
      { name: 'discord', format: 'discord' },
      { name: 'ops', events: ['panic'] },
    ],
    { 'alerts.discord': all.url, 'alerts.ops': some.url },
  );
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
  const { bus, record, said } = await world(
    [{ name: 'gone', format: 'discord' }, { name: 'empty' }, { name: 'odd' }],
    { 'alerts.gone': target.url, 'alerts.odd': 'http://a.example' },
  );
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
  const { bus } = await world([], { 'alerts.discord': target.url });
  bus.tell('factor.locked', { until: 0 });
  bus.tell('alert', { kind: 'doubt', text: 'a run' });
  await expect.poll(() => target.bodies.length).toBe(2);
});
