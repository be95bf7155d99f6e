import type { RunPlace } from '../../assembly/run-reports.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { outputOf } from '../../config/paths.ts';
import type { Cli } from '../cli.ts';
import { connect } from '../gateway.ts';
import { readRecord } from '../record.ts';

/** Asks the gateway or, where none runs, the record itself: both know the same of what is over. */
export async function ask<T>(
  cli: Cli,
  online: (gateway: Gateway) => Promise<T>,
  offline: (place: RunPlace) => Promise<T>,
): Promise<T> {
  const gateway = await connect(cli, { client: 'cli', events: false }).catch((thrown: unknown) => {
    if (asAtomError(thrown).code === 'not-running') return undefined;
    throw thrown;
  });
  if (!gateway) return readOffline(cli, offline);
  try {
    return await online(gateway);
  } finally {
    gateway.close();
  }
}

async function readOffline<T>(cli: Cli, work: (place: RunPlace) => Promise<T>): Promise<T> {
  const folder = outputOf(cli.paths);
  const found = await readRecord(cli, async (sql) => ({ answer: await work({ sql, folder }) }));
  if (found) return found.answer;
  throw new AtomError('not-found', 'Nothing is on record in this profile yet.', {
    next: ['Start it:   atom start'],
  });
}
