import type { Atom } from '../../atom.ts';
import { hookOutcomes, type Latency, sendOutcomes } from '../../domain/live-stats.ts';
import type { Distribution, Family, Sample } from '../../metrics/prometheus.ts';
import { readGauges } from './gauges.ts';

/** Everything that `/metrics` shows: counted since the gateway started, or looked up now. Seconds, not milliseconds. */
export async function readFamilies(atom: Atom): Promise<readonly Family[]> {
  const { channels, clients, hooks, trips } = atom.options.metrics.read();
  const perChannel = (value: (of: (typeof channels)[number]) => Sample['value']): Sample[] =>
    channels.map((one) => ({ labels: { channel: one.channel }, value: value(one) }));
  const perClient = (value: (of: (typeof clients)[number]) => Sample['value']): Sample[] =>
    clients.map((one) => ({ labels: { client: one.client }, value: value(one) }));
  return [
    ...(await readGauges(atom)),
    counter(
      'atom_connections_opened_total',
      'Connections that were let in',
      perClient((c) => c.opened),
    ),
    counter(
      'atom_connections_closed_total',
      'Connections that ended',
      perClient((c) => c.closed),
    ),
    counter(
      'atom_connections_refused_total',
      'Connections that were not let in',
      perClient((c) => c.refused),
    ),
    counter(
      'atom_connections_resumed_total',
      'Connections that went on from an earlier one',
      perClient((c) => c.resumed),
    ),
    gauge(
      'atom_connections_open',
      'Connections now',
      perClient((c) => c.opened - c.closed),
    ),
    counter(
      'atom_requests_total',
      'Requests of clients',
      clients.flatMap(({ client, answered, failed }) => [
        { labels: { client, outcome: 'answered' }, value: answered },
        { labels: { client, outcome: 'failed' }, value: failed },
      ]),
    ),
    summary(
      'atom_request_seconds',
      'How long requests of clients took',
      perClient((c) => spread(c.request)),
    ),
    counter(
      'atom_channel_attempts_total',
      'Tries to reach the platform',
      perChannel((c) => c.attempts),
    ),
    counter(
      'atom_channel_reconnects_total',
      'How often it worked again',
      perChannel((c) => c.reconnects),
    ),
    counter(
      'atom_messages_received_total',
      'Messages taken in',
      perChannel((c) => c.received),
    ),
    counter(
      'atom_messages_total',
      'Tries to send a message, by how they ended',
      channels.flatMap(({ channel, outcomes }) =>
        sendOutcomes.map((outcome) => ({ labels: { channel, outcome }, value: outcomes[outcome] })),
      ),
    ),
    summary(
      'atom_reply_seconds',
      'From a message taken in to its answer sent',
      perChannel((c) => spread(c.reply)),
    ),
    summary(
      'atom_send_seconds',
      'How long the platform took for one message',
      perChannel((c) => spread(c.send)),
    ),
    counter(
      'atom_webhooks_total',
      'Requests of platforms, by how they were answered',
      hooks.flatMap(({ channel, outcomes }) =>
        hookOutcomes.map((outcome) => ({ labels: { channel, outcome }, value: outcomes[outcome] })),
      ),
    ),
    summary(
      'atom_webhook_seconds',
      'How long requests of platforms took',
      hooks.map(({ channel, answer }) => ({ labels: { channel }, value: spread(answer) })),
    ),
    counter(
      'atom_circuit_trips_total',
      'How often somebody who failed was left alone',
      trips.map(({ circuit, count }) => ({ labels: { circuit }, value: count })),
    ),
  ];
}

const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'counter',
  samples,
});
const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'gauge',
  samples,
});
const summary = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'summary',
  samples,
});

const seconds = (ms: number): number => ms / 1000;

function spread({ count, sumMs, p50Ms, p95Ms, p99Ms }: Latency): Distribution {
  const known = { '0.5': p50Ms, '0.95': p95Ms, '0.99': p99Ms };
  const quantiles = Object.fromEntries(
    Object.entries(known).flatMap(([at, ms]) => (ms === undefined ? [] : [[at, seconds(ms)]])),
  );
  return { count, sum: seconds(sumMs), quantiles };
}
