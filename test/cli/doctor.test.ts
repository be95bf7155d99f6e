import { expect, test } from 'vitest';
import { type ClockLook, clockFindings } from '../../src/cli/doctor/clock.ts';
import { networkFindings } from '../../src/cli/doctor/network.ts';
import { runningFindings } from '../../src/cli/doctor/running.ts';
import { packageVersion } from '../../src/cli/version.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { SkillListing } from '../../src/domain/skill-trust.ts';
import type { ChannelStatus, Status } from '../../src/protocol/status.ts';
import { quietStatus } from '../ui/fake-gateway.ts';

const off = { state: 'off', channels: [] } as const;
const url = 'https://atom.example.com';
const listening = { state: 'listening', url, channels: ['slack'] } as const;
const settings = (webhooks: object) => configSchema.parse({ version: 1, webhooks }).webhooks;
const found = (webhooks: Status['webhooks'], given: object) =>
  networkFindings({ network: { state: 'off' }, webhooks }, settings(given)).map(
    ({ state, words }) => `${state}: ${words}`,
  );

const UNKNOWN = /^note: who ends TLS before it is not known/;

test('a proxy that is not named is pointed out, where platforms come through one', () => {
  const [works, proxy, ...rest] = found(listening, { publicUrl: url });
  expect(works).toContain('slack called at https://atom.example.com/hooks/<channel>');
  expect(proxy).toMatch(UNKNOWN);
  expect(rest).toEqual([]);
  const [, hint] = networkFindings(
    { network: { state: 'off' }, webhooks: listening },
    settings({ publicUrl: url }),
  );
  expect(hint?.next).toEqual([`Name it:   atom config set webhooks.trustedProxy '["127.0.0.1"]'`]);
});

test.each([
  [listening, { publicUrl: url, trustedProxy: ['127.0.0.1'] }],
  [listening, { publicUrl: url, tls: { cert: '/c.pem', key: '/k.pem' } }],
  [off, { publicUrl: url }],
] as const)(
  'nothing is said of a proxy that is known, not there or not needed: %j %j',
  (webhooks, given) => {
    expect(found(webhooks, given).filter((words) => UNKNOWN.test(words))).toEqual([]);
  },
);

test('a port that is taken says whose it is and what to do', () => {
  const failed = {
    state: 'failed',
    reason: 'port 9000 is taken',
    next: ['Take another'],
    channels: [],
  } as const;
  expect(found(failed, {})).toEqual(['bad: port 9000 is taken']);
});

const NOW = Date.UTC(2026, 10, 27, 11);
const DAY = 86_400_000;

test.each([
  [{}, 'good: 2026-11-27 11:00 UTC, not behind what is known', undefined],
  [{ recorded: NOW + 30_000 }, 'good: 2026-11-27 11:00 UTC, not behind what is known', undefined],
  [
    { recorded: NOW + 3 * DAY },
    'bad: 2026-11-27 11:00 UTC is 3 days before the newest entry of the record',
    'Set it:   sudo timedatectl set-ntp true',
  ],
  [
    { installed: NOW + 4 * DAY, recorded: NOW - DAY, platform: 'darwin' },
    'bad: 2026-11-27 11:00 UTC is 4 days before the day on which atom was installed',
    'Set it:   sudo sntp -sS time.apple.com',
  ],
  [
    { synchronized: false },
    'note: 2026-11-27 11:00 UTC, which this system does not take from the network',
    'Set it:   sudo timedatectl set-ntp true',
  ],
] as const)(
  'the clock is held against what is known: %j',
  (look: Partial<ClockLook>, words, next) => {
    const found = clockFindings({ now: NOW, installed: NOW - DAY, platform: 'linux', ...look });
    expect(found.map((one) => `${one.state}: ${one.words}`)).toEqual([words]);
    expect(found[0]?.next[0]).toBe(next);
  },
);

const skill = (id: string, state: SkillListing['state'], why?: string): SkillListing => ({
  ...{ id, state, origin: 'profile', folder: '/s', skills: [], may: [] },
  ...(why === undefined ? {} : { why }),
});
const channel = (over: Partial<ChannelStatus>): ChannelStatus => ({
  ...{ name: 'telegram', label: 'Telegram', transport: 'long polling' },
  health: { state: 'ready', identity: '@dana_bot' },
  ...over,
});
const told = (status: Partial<Status>, skills: readonly SkillListing[] = []) =>
  runningFindings(
    { ...quietStatus, version: packageVersion(), ...status },
    { skills, webhooks: settings({}), now: NOW },
  ).map(({ name, state, words, next }) => [`${state} ${name}: ${words}`, ...next].join(' | '));

test('a gateway in which all is well is told with what it last heard', () => {
  expect(told({ channels: [channel({ lastInboundAt: NOW - 120_000 })] })).toEqual([
    'good ports: none is open: nobody beyond this machine needs one',
    'good telegram: ready as @dana_bot; last message 2 min ago',
    'good skills: 0 may be used',
    `good update: this is ${packageVersion()} | Whether there is a newer one:   atom update --check`,
  ]);
});

test.each([
  [
    { health: { state: 'failed', reason: 'Telegram says: Unauthorized' } },
    'bad telegram: Telegram says: Unauthorized; nothing was ever heard from it | Once that is mended:   atom channels reopen telegram',
  ],
  [
    { health: { state: 'retrying', reason: 'Telegram did not answer' }, lastInboundAt: NOW - DAY },
    'note telegram: Telegram did not answer, tried again by itself; last message 24 h ago',
  ],
  [
    { silent: true, provedAt: NOW - 240_000 },
    'note telegram: silent for 4 min; nothing was ever heard from it | Try it:   atom channels test telegram',
  ],
] as const)('a channel that is not well says what to do: %j', (over, words) => {
  expect(told({ channels: [channel(over)] })).toContain(words);
});

test('skills that wait or are broken are named, and a gateway of another version', () => {
  const found = told({ version: '0.0.1' }, [
    skill('tea', 'ready'),
    skill('greet', 'waiting'),
    skill('bad', 'broken', 'it has no version'),
  ]);
  expect(found).toContain('good skills: 1 may be used');
  expect(found).toContain(
    'note skills: greet waits for your approval | Look at it:   atom skills approve greet',
  );
  expect(found).toContain(
    'note skills: bad: it has no version | See what is wrong:   atom skills check bad',
  );
  expect(found.at(-1)).toMatch(/^note update: the gateway that runs is 0\.0\.1, .*atom stop/);
});
