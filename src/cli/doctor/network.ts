import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import type { Status } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** What a running gateway says of its ports, and what the settings lack for them. */
export const networkFindings = (
  status: Pick<Status, 'network' | 'webhooks'>,
  settings: Config['webhooks'],
): readonly Finding[] => [
  ...portFindings(status),
  ...webhookFindings(status),
  ...proxyFindings(status, settings),
];

function portFindings({ network }: Pick<Status, 'network'>): readonly Finding[] {
  if (network.state === 'failed') return [bad('port', network.reason, ...network.next)];
  return network.state === 'off'
    ? []
    : [good('port', `devices and programs connect to ${network.url}`)];
}

function webhookFindings({ webhooks }: Pick<Status, 'webhooks'>): readonly Finding[] {
  if (webhooks.state === 'failed') return [bad('webhooks', webhooks.reason, ...webhooks.next)];
  if (webhooks.state === 'off') return [];
  const words = `${webhooks.channels.join(', ')} called at ${webhooks.url}/hooks/<channel>`;
  return webhooks.url.startsWith('https:')
    ? [good('webhooks', words)]
    : [
        note(
          'webhooks',
          `${words}, which only this machine reaches`,
          'Where a platform calls from elsewhere:   atom config set webhooks.publicUrl https://<name>',
        ),
      ];
}

/** Without knowing the proxy, all who come through it are one caller, and its limits hold for none. */
function proxyFindings(
  { webhooks: { state } }: Pick<Status, 'webhooks'>,
  { publicUrl, tls, trustedProxy }: Config['webhooks'],
): readonly Finding[] {
  if (state !== 'listening' || publicUrl === undefined || tls || trustedProxy.length > 0) return [];
  return [
    note(
      'webhooks',
      'who ends TLS before it is not known, so that one caller can keep all others out',
      `Name it:   atom config set webhooks.trustedProxy '["127.0.0.1"]'`,
    ),
  ];
}

/** Which hosts pages are fetched from without a question, and what is open beyond that. */
export async function findNet({ paths, env }: Cli): Promise<readonly Finding[]> {
  const { net } = await loadConfig(paths, env);
  const { allow, plain, private: own } = net;
  const looked =
    allow.length === 0 ? 'every host is asked about' : `at once from ${allow.join(', ')}`;
  return [
    good('net', `pages are fetched: ${looked}`),
    ...(own.length === 0 ? [] : [good('net', `servers of your own: ${own.join(', ')}`)]),
    ...(plain.length === 0
      ? []
      : [note('net', `without TLS, for everybody on the way to read: ${plain.join(', ')}`)]),
  ];
}
