import { describe, expect, test } from 'vitest';
import { keptFindings } from '../../src/cli/security/kept.ts';
import { settingsFindings } from '../../src/cli/security/settings.ts';
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
    [jail({ shows: ['/home/ada'] }), 'bad: work shows commands /home/ada'],
    [jail({ git: 'open' }), 'bad: work lets commands change what git runs'],
    [jail({ network: ['*.example.org'] }), 'note: work reaches *.example.org'],
    [jail({ unprotected: ['node_modules'] }), 'note: work lets commands change node_modules'],
    [{ net: { plain: ['example.org'] } }, 'bad: without TLS'],
    [
      { channels: { webhook: { sources: [{ name: 'deploys', role: 'member' }] } } },
      'note: webhook: the program deploys may ask for things to be done',
    ],
  ])('%j is told as "%s"', (settings, told) => {
    const found = settingsFindings(configSchema.parse({ version: 1, ...settings }), '/home/ada');
    expect(found.map(({ state, words }) => `${state}: ${words}`).join('\n')).toContain(told);
    for (const { state, next } of found) expect(next.length > 0).toBe(state !== 'good');
  });
});

const standing = (more: Partial<StandingApproval>): StandingApproval => ({
  ...{ id: 's1', agent: 'atom', action: 'shell.exec', jail: 'work', access: 'work' },
  ...{ folder: '/home/ada/work', sender: 'terminal/owner', program: '/usr/bin/git' },
  ...{ words: ['git', 'status'], extent: 'exact', by: 'terminal/owner', uses: 3 },
  ...{ createdAt: NOW - DAY, expiresAt: NOW + DAY },
  ...more,
});
const device = (more: object) => ({
  ...{ id: 'd1', name: 'phone', kind: 'device', scopes: ['approve'], addedAt: NOW - 90 * DAY },
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
