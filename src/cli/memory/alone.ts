import { systemClock } from '../../base/clock.ts';
import { asAtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { NotePlace } from '../../domain/memory.ts';
import { createAudit } from '../../governance/audit/append.ts';
import { openStore } from '../../store/open.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Asks the gateway, or does it here where none runs. */
export async function byGateway<T>(
  cli: Cli,
  ask: (gateway: Gateway) => Promise<T>,
  alone: () => Promise<T>,
): Promise<T> {
  try {
    return await withGateway(cli, false, ask);
  } catch (thrown) {
    if (asAtomError(thrown).code === 'not-running') return alone();
    throw thrown;
  }
}

/** First on the record, then done: what cannot be recorded does not happen. */
export async function record(
  { paths }: Cli,
  kind: 'memory.forgotten' | 'memory.restored',
  { agent, person, note }: NotePlace & { readonly note: string },
): Promise<void> {
  const store = await openStore({ file: paths.database });
  try {
    const audit = createAudit(systemClock);
    await store.tx((sql) => audit(sql, kind, { agent, person, note, by: 'terminal/owner' }));
  } finally {
    await store.close();
  }
}
