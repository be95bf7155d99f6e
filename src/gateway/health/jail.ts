import type { Atom } from '../../atom.ts';
import { redact } from '../../base/redact.ts';
import type { HealthCheck } from '../../domain/health.ts';
import type { JailStatus } from '../../domain/jail.ts';

/** What the probe found; without a jail that holds nothing runs. */
export async function checkJail({ jails }: Atom): Promise<readonly HealthCheck[]> {
  return [jailCheck(await jails.status())];
}

function jailCheck(status: JailStatus): HealthCheck {
  const name = 'jail';
  if (status.state === 'ready') return { name, state: 'good', words: `${status.mechanism} holds` };
  if (status.state === 'leaking')
    return { name, state: 'bad', words: `${status.mechanism} leaks, so no command runs` };
  return { name, state: 'bad', words: `none, so no command runs: ${redact(status.reason)}` };
}
