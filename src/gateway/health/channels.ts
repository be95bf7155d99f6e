import type { Atom } from '../../atom.ts';
import { redact } from '../../base/redact.ts';
import { stateOf } from '../../domain/circuit.ts';
import type { HealthCheck } from '../../domain/health.ts';
import { allCircuits } from '../../store/tables/circuits.ts';

/** Each channel, and whom atom leaves alone because they failed again and again. */
export async function checkChannels({ channels, records }: Atom): Promise<readonly HealthCheck[]> {
  const now = records.steady.now();
  const circuits = [...(await allCircuits(records.store))];
  return [
    ...channels.list().map(({ facts, health }): HealthCheck => {
      const name = `channel ${facts.name}`;
      if (health.state === 'ready') return { name, state: 'good', words: 'ready' };
      if (health.state === 'starting') return { name, state: 'note', words: 'starting' };
      return { name, state: 'bad', words: redact(`${health.state}: ${health.reason}`) };
    }),
    ...circuits.flatMap(([name, circuit]): readonly HealthCheck[] => {
      const { state, ...rest } = stateOf(circuit, now);
      const reason = 'reason' in rest ? rest.reason : '';
      return state === 'closed'
        ? []
        : [{ name, state: 'bad', words: redact(`left alone: ${reason}`) }];
    }),
  ];
}
