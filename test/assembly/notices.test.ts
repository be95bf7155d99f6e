import { expect, onTestFinished, test } from 'vitest';
import { tellHeld } from '../../src/assembly/held-notices.ts';
import { startNotices } from '../../src/assembly/notices.ts';
import { createLog, type LogLine } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { Store } from '../../src/domain/store.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { freshStore, type HeldClock, heldClock } from '../store/fresh.ts';

const NIGHT = Date.parse('2026-06-01T23:00Z');
const KEY = `sk-${'a'.repeat(30)}`;

interface Kept {
  readonly store?: Store;
  readonly clock?: HeldClock;
  /** Whether the owner has a chat. */
  readonly chat?: boolean;
}

/** Whose account it is. */
const HERE = {
  account: { home: '/srv/ann', homes: ['/srv/ann'], user: 'ann', machine: 'kiwi' },
  paths: { profile: 'default', config: '/srv/ann/c', data: '/srv/ann/d', state: '/srv/ann/s' },
};

/** What tells the chats of a gateway, without the gateway. */
async function world(notices: readonly object[], { chat = true, ...kept }: Kept = {}) {
  const store = kept.store ?? (await freshStore()).store;
  const clock = kept.clock ?? heldClock(NIGHT);
  const [bus, said] = [createBus(), [] as LogLine[]];
  const log = createLog((line) => said.push(line));
  const config = configSchema.parse({ version: 1, notify: { notices } });
  const secrets = { list: async () => [{ name: 'x' }], get: async () => 'a-known-secret' };
  const people = {
    roleOf: () => 'owner',
    list: () => (chat ? [{ channel: 'telegram', account: '1', peer: '42' }] : []),
  };
  const facts = { name: 'telegram', maxLength: 4000, media: {} };
  const parts = { records: { store, bus, people }, channels: { facts: () => facts } } as never;
  const running = startNotices({ config, secrets, log, clock, ...HERE } as never, parts);
  onTestFinished(() => running.stop());
  const held = { parts, clock, log, notices: config.notify.notices };
  return {
    store,
    clock,
    bus,
    said,
    running,
    /** Resolves to what is in the outbox, once what was heard is there. */
    told: async (): Promise<readonly string[]> => {
      await running.stop();
      await tellHeld(held);
      const rows = await store.all('SELECT body FROM outbox ORDER BY seq');
      return rows.map(({ body }) => JSON.parse(String(body)).text);
    },
  };
}

const paused = { kind: 'halted', at: 0, by: { surface: 'telegram', id: '42' } } as const;
const post = (text: string, kind = 'insight') =>
  ({ id: text, seq: 1, author: 'writer', by: 'agent', kind, text, mentions: [], at: 0 }) as never;
const expired = (id: string) =>
  ({
    state: 'expired',
    card: { code: 'k7p2' },
    request: { principal: { kind: 'agent', id } },
  }) as never;

test('a chat is told what its owner chose and nothing else, in their words', async () => {
  const { bus, store, told } = await world([
    {
      name: 'ops',
      to: 'telegram',
      template: '[{event}] {agent}: {text}',
      events: ['post.insight', 'job.failed', 'approval.expired', 'demotion'],
    },
  ]);
  await ensureAgent(store, { id: 'a1', name: 'writer', maturity: 'intern' });
  await ensureAgent(store, { id: 'a2', name: 'diary', maturity: 'intern', private: true });
  bus.tell('feed.posted', post('The blue one sells.'));
  bus.tell('feed.posted', post('Which one?', 'question'));
  bus.tell('job.ended', { job: 'j1', agent: 'writer', result: 'failed' });
  bus.tell('job.ended', { job: 'j2', agent: 'writer', result: 'replied' });
  bus.tell('approval.decided', expired('a1'));
  bus.tell('approval.decided', expired('a2'));
  const change = { agent: 'writer', from: 'supervised', to: 'intern', why: 'It failed.' } as const;
  bus.tell('agent.changed', { ...change, kind: 'demoted', by: 'atom' });
  expect(await told()).toEqual([
    '[post.insight] writer: The blue one sells.',
    '[job.failed] writer: j1 was not done: it failed.',
    '[approval.expired] writer: Nobody answered the question k7p2 in time, so nothing was done.',
    expect.stringMatching(/^\[demotion\] writer: .*It failed\./),
  ]);
});

test('what is told is redacted as the feed is, before it is cut', async () => {
  const { bus, told } = await world([{ name: 'ops', to: 'telegram', events: ['doubt'] }]);
  const tell = (text: string) => bus.tell('alert', { kind: 'doubt', text });
  tell(
    `a run with ${KEY}, a-known-secret, for dana@example.org in /home/dana/x and /srv/ann/y of ann@kiwi \u202e`,
  );
  tell(`${'x '.repeat(990)}${KEY} and more`);
  const [first = '', second] = await told();
  for (const secret of [KEY, 'a-known-secret', 'dana', 'ann', 'kiwi', '\u202e'])
    expect(first).not.toContain(secret);
  expect(first).toContain('doubt, atom: a run with [secret]');
  expect(second).toMatch(/^doubt, atom: x x [x ]*\[secret\] and…?/);
});

test('in quiet hours only what is critical is told; the rest outlives a restart and comes in one message', async () => {
  const quiet = { quiet: '22:00-07:00', zone: 'UTC', events: ['panic', 'budget', 'doubt'] };
  const notices = [{ name: 'night', to: 'telegram', ...quiet }];
  const before = await world(notices);
  before.bus.tell('limit.reached', { id: 'l1', words: 'The budget is spent.' });
  before.bus.tell('limit.reached', { id: 'l1', words: 'The budget is spent.' });
  before.bus.tell('halt.changed', { was: undefined, now: paused, by: paused.by });
  before.bus.tell('alert', { kind: 'doubt', text: `a run with ${KEY}` });
  expect(await before.told()).toEqual([expect.stringMatching(/^panic, atom: .*halted/)]);
  const waits = JSON.stringify(await before.store.all('SELECT * FROM notice'));
  expect(waits).toContain('The budget is spent.');
  expect(waits).not.toContain(KEY);
  before.clock.pass(8 * 3_600_000);
  const after = await world(notices, before);
  const [, together] = await after.told();
  expect(together).toBe(
    [
      'What happened meanwhile:',
      'budget, atom: The budget is spent. (2 times)',
      'doubt, atom: a run with [secret]',
    ].join('\n'),
  );
  expect(await after.told()).toHaveLength(2);
});

test('a digest is one message that fits, however much happened', async () => {
  const { bus, clock, told } = await world([
    { name: 'day', to: 'telegram', events: ['doubt'], digest: '08:00', zone: 'UTC' },
  ]);
  for (let at = 0; at < 230; at += 1)
    bus.tell('alert', { kind: 'doubt', text: `run ${at} ${'of a long name '.repeat(20)}` });
  expect(await told()).toEqual([]);
  clock.pass(9 * 3_600_000);
  const [text = '', ...more] = await told();
  expect(more).toEqual([]);
  expect(text.length).toBeLessThan(3600);
  const shown = text.split('\n').filter((line) => line.startsWith('doubt')).length;
  expect(shown).toBeGreaterThan(5);
  expect(text).toContain(`… and ${230 - shown} more`);
});

test('a flood is held back, and counted in what comes after it', async () => {
  const { bus, told } = await world([{ name: 'ops', to: 'telegram', events: ['doubt'] }]);
  for (let at = 0; at < 30; at += 1) bus.tell('alert', { kind: 'doubt', text: `run ${at}` });
  expect(await told()).toHaveLength(10);
});

test('a notification that fails breaks nothing, and is said', async () => {
  const notices = [{ name: 'ops', to: 'telegram', events: ['panic'] }];
  const nobody = await world(notices, { chat: false });
  nobody.bus.tell('halt.changed', { was: undefined, now: paused, by: paused.by });
  expect(await nobody.told()).toEqual([]);
  expect(nobody.said.map(({ text }) => text).join()).toMatch(/you have no chat on telegram/);
  await expect(nobody.running.test('ops')).rejects.toMatchObject({ code: 'not-found' });

  const full = await world(notices);
  await full.store.run(
    `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  full.bus.tell('halt.changed', { was: undefined, now: paused, by: paused.by });
  expect(await full.told()).toEqual([]);
  expect(full.said.map(({ text }) => text).join()).toMatch(/could not be kept.*full/);
});

test('what waits for a name that is gone is told nobody', async () => {
  const notice = { name: 'day', to: 'telegram', events: ['doubt'], digest: '08:00', zone: 'UTC' };
  const before = await world([notice]);
  before.bus.tell('alert', { kind: 'doubt', text: 'a run' });
  expect(await before.told()).toEqual([]);
  before.clock.pass(86_400_000);
  expect(await (await world([{ ...notice, name: 'other' }], before)).told()).toEqual([]);
  expect(await before.store.all('SELECT * FROM notice')).toEqual([]);
});

test('settings that name no channel, event, hours or field there is are refused', () => {
  const good = { name: 'x', to: 'telegram', events: ['panic'] };
  const bad = [
    ...[{ to: 'fax' }, { events: ['lunch'] }, { events: [] }, { quiet: '22-7' }],
    ...[{ digest: '25:00' }, { zone: 'Mars/Base' }, { template: '{secret}' }, { template: '' }],
  ];
  const isGood = (one: object) =>
    configSchema.safeParse({ version: 1, notify: { notices: [{ ...good, ...one }] } }).success;
  expect(bad.filter(isGood)).toEqual([]);
  expect(isGood({})).toBe(true);
});
