import type { Atom } from '../../atom.ts';
import { duration } from '../../base/clock.ts';
import { redact } from '../../base/redact.ts';
import { haltWords } from '../../domain/halt.ts';
import type { HealthCheck } from '../../domain/health.ts';
import type { NetworkStatus } from '../../protocol/status.ts';

/** What the gateway knows of itself. */
export interface Standing {
  readonly stopping: boolean;
  readonly webhooks: NetworkStatus;
}

/** How the gateway itself does: what the owner holds up is nothing broken. */
export function checkGateway({ halt, options }: Atom, { stopping }: Standing): HealthCheck {
  const name = 'gateway';
  const halted = halt.current();
  if (stopping) return { name, state: 'note', words: 'stopping' };
  if (halted) return { name, state: 'note', words: `${halted.kind}: ${haltWords(halted)}` };
  const ran = duration(options.clock.now() - options.metrics.read().startedAt);
  return { name, state: 'good', words: `running for ${ran}` };
}

/** Where no channel takes webhooks, there is nothing to be well. */
export function checkWebhooks({ webhooks }: Standing): readonly HealthCheck[] {
  const name = 'webhooks';
  if (webhooks.state === 'off') return [];
  if (webhooks.state === 'failed') return [{ name, state: 'bad', words: redact(webhooks.reason) }];
  return [{ name, state: 'good', words: `taken at ${webhooks.url}` }];
}
