import { AtomError, asAtomError } from '../base/errors.ts';
import type { Gateway } from '../bridge/gateway.ts';
import type { Cli } from './cli.ts';

/** A gateway that is just starting answers the greeting once it is ready. */
const CONNECT_MS = 15_000;

/**
 * Does `work` on a connection to this profile's gateway and closes it. Throws AtomError `not-running`
 * where none runs.
 */
export async function withGateway<T>(
  cli: Cli,
  events: boolean,
  work: (gateway: Gateway) => Promise<T>,
): Promise<T> {
  const gateway = await connect(cli, { client: 'cli', events });
  try {
    return await work(gateway);
  } finally {
    gateway.close();
  }
}

/** The same, left open: the caller closes it. */
export async function connect(
  { paths }: Pick<Cli, 'paths'>,
  { client, events }: { readonly client: 'ui' | 'cli'; readonly events: boolean },
): Promise<Gateway> {
  const { connectGateway } = await import('../bridge/connect.ts');
  try {
    return await connectGateway({
      socketPath: paths.socket,
      client,
      events,
      signal: AbortSignal.timeout(CONNECT_MS),
    });
  } catch (thrown) {
    const error = asAtomError(thrown);
    throw error.code === 'not-running' ? notRunning(paths.profile, error) : error;
  }
}

/** Whether a gateway runs: its answer to the greeting, or undefined. Any other trouble is thrown. */
export async function whoRuns(cli: Pick<Cli, 'paths'>): Promise<Gateway['hello'] | undefined> {
  try {
    const gateway = await connect(cli, { client: 'cli', events: false });
    gateway.close();
    return gateway.hello;
  } catch (thrown) {
    if (asAtomError(thrown).code === 'not-running') return undefined;
    throw thrown;
  }
}

/** Throws AtomError `already-running` where a gateway runs: what follows would be changed under it. */
export async function requireStopped(cli: Pick<Cli, 'paths'>): Promise<void> {
  const running = await whoRuns(cli);
  if (running === undefined) return;
  throw new AtomError('already-running', `The gateway is running (pid ${running.pid}).`, {
    next: ['Stop it first:   atom stop'],
  });
}

/** What is said where no gateway of a profile runs. */
export const notRunning = (profile: string, cause?: unknown): AtomError =>
  new AtomError('not-running', `The gateway for profile "${profile}" is not running.`, {
    cause,
    next: ['Start it:   atom start'],
  });
