import { duration, systemClock } from '../../base/clock.ts';
import { START_ANEW } from '../../base/hint.ts';
import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import { tryPort } from '../../gateway/network/try-port.ts';
import type { ChannelStatus, Status } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { packageVersion } from '../version.ts';
import { apart } from './apart.ts';
import { bad, type Finding, good, note } from './finding.ts';
import { networkFindings } from './network.ts';

/** What a running gateway tells of itself; without one, whether the ports of the settings are free. */
export async function findRunning(cli: Cli): Promise<readonly Finding[]> {
  const config = await loadConfig(cli.paths, cli.env);
  if ((await whoRuns(cli)) === undefined) {
    return [...(await portFindings(config)), ...updateFindings(packageVersion())];
  }
  const status = await withGateway(cli, false, (gateway) => gateway.request('status', {}));
  return runningFindings(status, { webhooks: config.webhooks, now: systemClock.now() });
}

/** The same, of what it told. `now` in milliseconds since 1970. */
export const runningFindings = (
  status: Pick<Status, 'network' | 'webhooks' | 'channels' | 'doubts' | 'version'>,
  beside: {
    readonly webhooks: Config['webhooks'];
    readonly now: number;
  },
): readonly Finding[] => [
  ...openFindings(networkFindings(status, beside.webhooks)),
  ...status.channels
    .filter(({ name }) => name !== 'terminal')
    .map((channel) => channelFinding(channel, beside.now)),
  ...doubtFindings(status.doubts),
  ...updateFindings(status.version),
];

const doubtFindings = (count: number): readonly Finding[] =>
  count === 0
    ? []
    : [
        note(
          'runs',
          `${count === 1 ? 'one was' : `${count} were`} cut off, and nobody knows how far ${count === 1 ? 'it' : 'they'} got`,
          'See which, and say what is true:   atom runs list',
        ),
      ];

const openFindings = (found: readonly Finding[]): readonly Finding[] =>
  found.length > 0 ? found : [good('ports', 'none is open: nobody beyond this machine needs one')];

/** Which ports somebody else has. They are opened only once a device or a platform needs them. */
async function portFindings({ gateway, webhooks }: Config): Promise<readonly Finding[]> {
  const places = [
    { setting: 'gateway', host: gateway.host, port: gateway.port },
    { setting: 'webhooks', host: webhooks.host, port: webhooks.port },
  ] as const;
  const tried = await Promise.all(places.map(tryPort));
  const taken = tried.filter((error) => error !== undefined);
  return taken.length > 0
    ? taken.map(({ message, next }) => note('ports', message, ...next))
    : [good('ports', `${places.map(({ port }) => port).join(' and ')} are free`)];
}

function channelFinding(channel: ChannelStatus, now: number): Finding {
  const { name, health, lastInboundAt, provedAt = now, silent } = channel;
  const heard =
    lastInboundAt === undefined
      ? 'nothing was ever heard from it'
      : `last message ${duration(now - lastInboundAt)} ago`;
  const again = `Once that is mended:   atom channels reopen ${name}`;
  if (health.state === 'failed') {
    const { words, next } = apart(health.reason);
    return bad(name, `${words}; ${heard}`, ...new Set([...next, again]));
  }
  if (health.state === 'retrying') {
    const { words, next } = apart(health.reason);
    return note(name, `${words}, tried again by itself; ${heard}`, ...next);
  }
  if (silent)
    return note(
      name,
      `silent for ${duration(now - provedAt)}; ${heard}`,
      `Try it:   atom channels test ${name}`,
    );
  if (health.state === 'starting') return note(name, `is just starting; ${heard}`);
  return good(name, `ready as ${health.identity}; ${heard}`);
}

/** Nobody is asked whether there is a newer one: that is the owner's to ask. */
function updateFindings(running: string): readonly Finding[] {
  const here = packageVersion();
  return running === here
    ? [good('update', `this is ${here}`, 'Whether there is a newer one:   atom update --check')]
    : [
        note(
          'update',
          `the gateway that runs is ${running}, and this is ${here}`,
          `Start it anew:   ${START_ANEW}`,
        ),
      ];
}
