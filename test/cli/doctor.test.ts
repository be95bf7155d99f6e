import { expect, test } from 'vitest';
import { apart, hintLines } from '../../src/cli/doctor/apart.ts';
import { type ClockLook, clockFindings } from '../../src/cli/doctor/clock.ts';
import { jailFindings } from '../../src/cli/doctor/jail.ts';
import { networkFindings } from '../../src/cli/doctor/network.ts';
import { runningFindings } from '../../src/cli/doctor/running.ts';
import { skillFindings } from '../../src/cli/doctor/skills.ts';
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
  id,
  state,
  origin: 'profile',
  folder: '/s',
  skills: [],
  may: [],
  ...(why === undefined ? {} : { why }),
});
const channel = (over: Partial<ChannelStatus>): ChannelStatus => ({
  name: 'telegram',
  label: 'Telegram',
  transport: 'long polling',
  health: { state: 'ready', identity: '@dana_bot' },
  ...over,
});
const told = (status: Partial<Status>) =>
  runningFindings(
    { ...quietStatus, version: packageVersion(), ...status },
    { webhooks: settings({}), now: NOW },
  ).map(({ name, state, words, next }) => [`${state} ${name}: ${words}`, ...next].join(' | '));

test('what a crash cut off is told with the command that shows it', () => {
  expect(told({ doubts: 1 })).toContain(
    'note runs: one was cut off, and nobody knows how far it got | See which, and say what is true:   atom runs list',
  );
});

test('a gateway in which all is well is told with what it last heard', () => {
  expect(told({ channels: [channel({ lastInboundAt: NOW - 120_000 })] })).toEqual([
    'good ports: none is open: nobody beyond this machine needs one',
    'good telegram: ready as @dana_bot; last message 2 min ago',
    `good update: this is ${packageVersion()} | Whether there is a newer one:   atom update --check`,
  ]);
});

test.each([
  [
    { health: { state: 'failed', reason: 'Telegram says: Unauthorized' } },
    'bad telegram: Telegram says: Unauthorized; nothing was ever heard from it | Once that is mended:   atom channels reopen telegram',
  ],
  [
    {
      health: {
        state: 'failed',
        reason:
          'it ended with exit code 1: boom. Once that is mended:   atom channels reopen telegram',
      },
    },
    'bad telegram: it ended with exit code 1: boom; nothing was ever heard from it | Once that is mended:   atom channels reopen telegram',
  ],
  [
    { health: { state: 'retrying', reason: 'there is no jail to run it in: atom doctor' } },
    'note telegram: there is no jail to run it in, tried again by itself; nothing was ever heard from it | atom doctor',
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

test('skills that wait or are broken are named', () => {
  const found = skillFindings([
    skill('tea', 'ready'),
    skill('greet', 'waiting'),
    skill('changed', 'waiting', 'it changed since'),
    skill('bad', 'broken', 'it has no version'),
  ]).map(({ state, words, next }) => [`${state}: ${words}`, ...next].join(' | '));
  expect(found).toEqual([
    'good: 1 may be used',
    'note: greet waits for your approval | Look at it:   atom skills approve greet',
    'note: changed waits for your approval: it changed since | Look at it:   atom skills approve changed',
    'note: bad: it has no version | See what is wrong:   atom skills check bad',
  ]);
});

test('a gateway of another version is named', () => {
  expect(told({ version: '0.0.1' }).at(-1)).toMatch(
    /^note update: the gateway that runs is 0\.0\.1, .*atom restart \(without a service: atom stop, then atom start\)$/,
  );
});

const ready = (held: readonly string[], lost: readonly string[] = []) => [
  ...held.map((name) => ({ name, held: true, detail: 'held' })),
  ...lost.map((name) => ({ name, held: false, detail: 'a file was read' })),
];

test('a jail is told with what held, and each of its warnings with what mends it', () => {
  const warnings = [{ words: 'atom runs as root', next: 'Make one:   adduser atom' }];
  const checks = ready(['files', 'network']);
  expect(jailFindings({ state: 'ready', mechanism: 'bubblewrap 0.9.0', checks, warnings })).toEqual(
    [
      {
        name: 'jail',
        state: 'good',
        next: [],
        words: 'bubblewrap 0.9.0, 2 of 2 checks held: files, network',
      },
      {
        name: 'jail',
        state: 'note',
        words: 'atom runs as root',
        next: ['Make one:   adduser atom'],
      },
    ],
  );
});

test('a jail that leaks is told with what did not hold, and where that is seen', () => {
  const checks = ready(['files'], ['network']);
  expect(jailFindings({ state: 'leaking', mechanism: 'bubblewrap 0.9.0', checks })).toEqual([
    {
      code: 'blocked',
      name: 'jail',
      state: 'bad',
      next: ['See what came of each:   atom jails check'],
      words: 'bubblewrap 0.9.0, 1 of 2 checks held, so no command runs. What did not hold: network',
    },
  ]);
});

test.each([
  ['nothing to do', 'nothing to do', []],
  ['a token is wrong. Store it:   atom a b', 'a token is wrong', ['Store it:   atom a b']],
  [
    'no intent (4014); or do without: atom a --b=c',
    'no intent (4014)',
    ['or do without: atom a --b=c'],
  ],
  ['it is away: atom doctor', 'it is away', ['atom doctor']],
  [
    'it is old. Start it: signal-cli -a +1 daemon',
    'it is old',
    ['Start it: signal-cli -a +1 daemon'],
  ],
  [
    'it is gone. Look:   atom a   Then:   atom b',
    'it is gone',
    ['Look:   atom a', 'Then:   atom b'],
  ],
])('commands stand apart from words, which are broken to fit: %s', (all, words, next) => {
  expect(apart(all)).toEqual({ words, next });
});

test('a command that does not fit beside what it is for stands below it, whole', () => {
  const line = 'Copy it again:   atom secrets set telegram.token';
  expect(hintLines(line, 48)).toEqual([line]);
  expect(hintLines(line, 47)).toEqual(['Copy it again:', 'atom secrets set telegram.token']);
  expect(hintLines(line, undefined)).toEqual([line]);
  expect(hintLines('Look at the network of this machine.', 10)).toHaveLength(1);
});
