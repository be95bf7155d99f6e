import { expect, test } from 'vitest';
import { statusRows } from '../../../src/cli/status/rows.ts';
import type { NetworkStatus } from '../../../src/protocol/status.ts';
import { quietStatus } from '../../ui/fake-gateway.ts';

const portOf = (network: NetworkStatus) =>
  statusRows({ ...quietStatus, network }, 10).find(([name]) => name === 'port')?.[1];

test('the port is told of while it is open, and where it cannot be opened', () => {
  expect(portOf({ state: 'off' })).toBeUndefined();
  expect(portOf({ state: 'listening', url: 'ws://127.0.0.1:18789' })).toContain(
    'ws://127.0.0.1:18789',
  );
  const next = ['Choose another:   atom config set gateway.port <port>'];
  const failed = portOf({ state: 'failed', reason: 'Port 18789 is taken by node, pid 7.', next });
  expect(failed).toMatch(/^FAILED .*pid 7\. .*gateway\.port/);
});

test('webhooks are told of with the channels that take them, and where they cannot come in', () => {
  const rowOf = (webhooks: typeof quietStatus.webhooks) =>
    statusRows({ ...quietStatus, webhooks }, 10).find(([name]) => name === 'webhooks')?.[1];
  const channels = ['slack', 'sms'];
  expect(rowOf({ state: 'off', channels: [] })).toBeUndefined();
  expect(rowOf({ state: 'listening', url: 'https://a.example', channels })).toBe(
    'https://a.example/hooks/ · slack, sms',
  );
  const next = ['Choose another:   atom config set webhooks.port <port>'];
  const failed = rowOf({
    state: 'failed',
    reason: 'Port 9000 is taken by a, pid 7.',
    next,
    channels,
  });
  expect(failed).toMatch(/^FAILED .*pid 7\. .*webhooks\.port/);
});
