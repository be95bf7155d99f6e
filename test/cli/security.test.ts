import { describe, expect, test } from 'vitest';
import { keptFindings } from '../../src/cli/security/kept.ts';
import { plainFindings } from '../../src/cli/security/plain.ts';
import { settingsFindings } from '../../src/cli/security/settings.ts';
import { userFindings } from '../../src/cli/security/user.ts';
import { channelFindings } from '../../src/cli/security/weak-channels.ts';
import { isNewer } from '../../src/cli/update/check.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { StandingApproval } from '../../src/domain/standing-approval.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const tls = { cert: '/c.pem', key: '/k.pem' };
const jail = (more: object) => ({ jails: [{ name: 'work', folder: '/home/ada/work', ...more }] });

describe('what the settings leave open', () => {
  test.each([
    [{}, 'good: gateway: this machine alone'],
    [{ gateway: { host: '0.0.0.0', tls } }, 'note: gateway: the network reaches 0.0.0.0, over TLS'],
    [
      { webhooks: { host: '0.0.0.0', trustedProxy: ['10.0.0.2'] } },
      'bad: webhooks: 0.0.0.0 is open to the network without TLS',
    ],
    [jail({}), 'good: work: as narrow as atom makes it'],
    [jail({ folder: '/home' }), 'bad: work holds your whole home'],
    [jail({ folder: '/' }), 'bad: work holds this whole machine'],
    [jail({ shows: ['/home/ada'] }), 'bad: work shows commands /home/ada'],
    [jail({ git: 'open' }), 'bad: work lets commands change what git runs'],
    [jail({ network: ['*.example.org'] }), 'note: work reaches *.example.org'],
    [jail({ unprotected: ['node_modules'] }), 'note: work lets commands change node_modules'],
    [{ net: { plain: ['example.org'] } }, 'bad: without TLS'],
    [
      { gateway: { origins: ['http://192.168.1.9'] } },
      'bad: gateway.origins.0: http://192.168.1.9 is without TLS',
    ],
    [
      { channels: { whatsapp: { url: 'ws://10.0.0.7/chat?token=x' } } },
      'note: channels.whatsapp.url: ws://10.0.0.7 is without TLS',
    ],
    [
      { models: { mine: { baseUrl: 'http://192.168.1.5:11434/v1', api: 'chat' } } },
      'note: models.mine.baseUrl: http://192.168.1.5:11434 is without TLS',
    ],
  ])('%j is told as "%s"', (settings, told) => {
    const found = settingsFindings(configSchema.parse({ version: 1, ...settings }), '/home/ada');
    expect(found.map(({ state, words }) => `${state}: ${words}`).join('\n')).toContain(told);
    for (const { state, next } of found) expect(next.length > 0).toBe(state !== 'good');
  });
});

test('what is spoken to on this machine alone may be without TLS', () => {
  const models = {
    mine: { baseUrl: 'http://127.0.0.1:11434/v1', api: 'chat' },
    six: { baseUrl: 'http://[::1]:8080/v1', api: 'chat' },
    far: { baseUrl: 'https://example.org/v1', api: 'chat' },
  };
  expect(plainFindings(configSchema.parse({ version: 1, models }))).toEqual([]);
});

describe('channels that are weak', () => {
  const sid = `AC${'0'.repeat(32)}`;
  test.each([
    [{ sms: { accountSid: sid, from: '4915112345678' } }, false, 'bad: sms: networks let others'],
    [{ sms: { accountSid: sid, from: '4915112345678' } }, true, 'note: sms: networks let others'],
    [{ whatsapp: {} }, true, 'note: whatsapp: an unofficial library'],
    [{ own: { hub: {} } }, true, 'note: own-hub: your own code says who wrote what'],
    [
      { webhook: { sources: [{ name: 'deploys', role: 'member' }] } },
      true,
      'note: webhook: the program deploys may ask for things to be done',
    ],
  ])('%j, with a second factor: %s', (channels, factor, told) => {
    const config = configSchema.parse({ version: 1, channels });
    const found = channelFindings(config.channels, factor);
    expect(found.map(({ state, words }) => `${state}: ${words}`)).toEqual([
      expect.stringContaining(told),
    ]);
    for (const { next } of found) expect(next.join('\n')).toMatch(/ {3}atom /);
  });

  test.each([
    {},
    { sms: { enabled: false, accountSid: sid, from: '4915112345678' } },
    { whatsapp: { enabled: false } },
    { own: { hub: { enabled: false } } },
    { telegram: {} },
  ])('%j is none, or off', (channels) => {
    const config = configSchema.parse({ version: 1, channels });
    expect(channelFindings(config.channels, false)).toEqual([]);
  });
});

test.each([
  [0, 'bad', ['Run it as somebody else:   adduser agent   and   su - agent']],
  [1000, 'good', []],
])('running as the user %s is %s', (uid, state, next) => {
  expect(userFindings(uid)).toEqual([expect.objectContaining({ state, next })]);
});

const standing = (more: Partial<StandingApproval>): StandingApproval => ({
  id: 's1',
  agent: 'atom',
  action: 'shell.exec',
  jail: 'work',
  access: 'work',
  folder: '/home/ada/work',
  sender: 'terminal/owner',
  program: '/usr/bin/git',
  words: ['git', 'status'],
  extent: 'exact',
  by: 'terminal/owner',
  uses: 3,
  createdAt: NOW - DAY,
  expiresAt: NOW + DAY,
  ...more,
});
const device = (more: object) => ({
  id: 'd1',
  name: 'phone',
  kind: 'device',
  scopes: ['approve'],
  addedAt: NOW - 90 * DAY,
  ...more,
});

describe('what was given and still holds', () => {
  test.each([
    [{}, ['good: no approval stands', 'good: nothing else holds a key']],
    [{ standing: [standing({})] }, ['good: git status in work, 3 times used']],
    [
      { standing: [standing({ program: '/bin/bash', words: ['bash'], extent: 'prefix' })] },
      ['bad: anything runs without a question: bash …'],
    ],
    [{ standing: [standing({ extent: 'prefix' })] }, ['note: whatever the further words']],
    [{ standing: [standing({ createdAt: NOW - 40 * DAY })] }, ['note: unused for long']],
    [{ devices: [device({ lastSeenAt: NOW - DAY })] }, ['good: d1 “phone” (answers approvals)']],
    [{ devices: [device({})] }, ['note: d1 “phone” (answers approvals), not seen for 90 days']],
    [{ devices: [device({ revokedAt: NOW })] }, ['good: nothing else holds a key']],
    [{ agents: [{ name: 'atom', maturity: 'autonomous' }] }, ['note: atom is autonomous']],
  ] as const)('%j', (kept, told) => {
    const all = { standing: [], devices: [], agents: [], ...kept } as Parameters<
      typeof keptFindings
    >[0];
    const lines = keptFindings(all, NOW).map(({ state, words }) => `${state}: ${words}`);
    for (const line of told) expect(lines.join('\n')).toContain(line);
  });
});

test.each([
  ['0.1.0', '0.1.0', false],
  ['0.1.10', '0.1.9', true],
  ['0.2.0', '0.10.0', false],
  ['1.0.0', '0.99.99', true],
])('version %s comes after %s: %s', (one, other, newer) => {
  expect(isNewer(one, other)).toBe(newer);
});
