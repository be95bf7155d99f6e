import type { Atom } from '../../atom.ts';
import { stateOf } from '../../domain/circuit.ts';
import type { CircuitStatus } from '../../protocol/status.ts';
import { allCircuits } from '../../store/tables/circuits.ts';

/** What is left alone for a while, because it failed again and again. */
export async function circuitStatus({ records }: Atom): Promise<readonly CircuitStatus[]> {
  const now = records.steady.now();
  const all = [...(await allCircuits(records.store))];
  return all
    .map(([name, circuit]) => ({ name, ...stateOf(circuit, now) }))
    .filter(({ state }) => state !== 'closed');
}
