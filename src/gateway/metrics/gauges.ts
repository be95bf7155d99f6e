import type { Atom } from '../../atom.ts';
import { stateOf } from '../../domain/circuit.ts';
import type { Family, Sample } from '../../metrics/prometheus.ts';
import { pendingApprovals } from '../../store/tables/approvals.ts';
import { allCircuits } from '../../store/tables/circuits.ts';
import { oldestOpen, outboxDepth } from '../../store/tables/outbox.ts';
import { spoolDepth } from '../../store/tables/spool.ts';

/** How things stand at this moment. */
export async function readGauges({
  options,
  records,
  channels,
  halt,
}: Atom): Promise<readonly Family[]> {
  const { clock, metrics } = options;
  const now = clock.now();
  const spool = await spoolDepth(records.store);
  const outbox = await outboxDepth(records.store);
  const oldest = { spool: spool.oldestAt, outbox: await oldestOpen(records.store) };
  const circuits = [...(await allCircuits(records.store))];
  const steady = records.steady.now();
  const age = (at: number | undefined): number =>
    at === undefined ? 0 : Math.max(0, now - at) / 1000;
  return [
    gauge('atom_uptime_seconds', 'How long the gateway runs', [
      { value: (now - metrics.read().startedAt) / 1000 },
    ]),
    gauge('process_resident_memory_bytes', 'Memory of the gateway', [
      { value: process.memoryUsage.rss() },
    ]),
    gauge('atom_halted', '1 while everything is halted or paused', [
      { value: halt.current() === undefined ? 0 : 1 },
    ]),
    gauge(
      'atom_channel_up',
      '1 while the channel works',
      channels.list().map(({ facts, health }) => ({
        labels: { channel: facts.name },
        value: health.state === 'ready' ? 1 : 0,
      })),
    ),
    gauge(
      'atom_circuit_open',
      '1 while somebody who failed is left alone or tried anew',
      circuits.map(([circuit, found]) => ({
        labels: { circuit },
        value: stateOf(found, steady).state === 'closed' ? 0 : 1,
      })),
    ),
    gauge('atom_queue_depth', 'Messages that wait', [
      { labels: { queue: 'spool' }, value: spool.waiting },
      { labels: { queue: 'outbox' }, value: outbox.waiting },
    ]),
    gauge('atom_queue_oldest_seconds', 'How long the oldest of them waits', [
      { labels: { queue: 'spool' }, value: age(oldest.spool) },
      { labels: { queue: 'outbox' }, value: age(oldest.outbox) },
    ]),
    gauge('atom_queue_given_up', 'Messages that were put aside', [
      { labels: { queue: 'spool' }, value: spool.dead },
      { labels: { queue: 'outbox' }, value: outbox.failed },
    ]),
    gauge('atom_messages_uncertain', 'Messages of which nobody knows whether they arrived', [
      { value: outbox.uncertain },
    ]),
    gauge('atom_approvals_pending', 'Questions that wait for the owner', [
      { value: (await pendingApprovals(records.store)).length },
    ]),
  ];
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'gauge',
  samples,
});
