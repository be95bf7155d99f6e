import type { Atom } from '../../atom.ts';
import { duration } from '../../base/clock.ts';
import { haltWords } from '../../domain/halt.ts';
import type { HealthCheck } from '../../domain/health.ts';

/** How the gateway itself does: what the owner holds up is nothing broken. */
export function checkGateway({ halt, options }: Atom, stopping: boolean): HealthCheck {
  const name = 'gateway';
  const halted = halt.current();
  if (stopping) return { name, state: 'note', words: 'stopping' };
  if (halted) return { name, state: 'note', words: `${halted.kind}: ${haltWords(halted)}` };
  const ran = duration(options.clock.now() - options.metrics.read().startedAt);
  return { name, state: 'good', words: `running for ${ran}` };
}
