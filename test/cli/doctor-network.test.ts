import { expect, test } from 'vitest';
import { networkFindings } from '../../src/cli/doctor/network.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { Status } from '../../src/protocol/status.ts';

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
