import { systemClock } from '../../base/clock.ts';
import type { Config } from '../../config/schema.ts';
import { stateOf } from '../../domain/circuit.ts';
import { allAgents } from '../../store/tables/agents.ts';
import { allCircuits } from '../../store/tables/circuits.ts';
import type { Cli } from '../cli.ts';
import { readRecord } from '../record.ts';
import type { ModelFacts } from './known.ts';

/** Who thinks with what, off the record: no gateway is needed for it. */
export async function readUses(
  cli: Cli,
  config: Config,
): Promise<Pick<ModelFacts, 'uses' | 'circuits'>> {
  const now = systemClock.now();
  const found = await readRecord(cli, async (sql) => ({
    agents: await allAgents(sql),
    circuits: await allCircuits(sql),
  }));
  const own = found?.agents.filter((row) => row.model !== undefined) ?? [];
  const uses = [
    { who: 'the profile', model: config.model, fallbacks: config.fallbacks },
    ...own.map(({ name, model = '', fallbacks = [] }) => ({ who: name, model, fallbacks })),
  ];
  const circuits = [...(found?.circuits ?? [])].map(
    ([name, circuit]) => [name, stateOf(circuit, now)] as const,
  );
  return { uses, circuits: new Map(circuits) };
}
