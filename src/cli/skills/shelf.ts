import { asAtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { gatewayOptionsOf } from '../start/gateway-options.ts';

/** Reading, compiling and trying skills takes longer than other questions. */
export const PATIENT = { timeoutMs: 180_000 };

/**
 * Does `work` on this profile's gateway; where none runs, on one that is opened for it alone: it loads the
 * skills, and receives, sends and listens for nothing.
 */
export async function withShelf<T>(cli: Cli, work: (gateway: Gateway) => Promise<T>): Promise<T> {
  if ((await whoRuns(cli)) !== undefined) return await withGateway(cli, true, work);
  const { runGateway } = await import('../../gateway/run.ts');
  const options = await gatewayOptionsOf(cli);
  const alone = await runGateway({ ...options, onLine: () => undefined, alone: true }).catch(
    (thrown: unknown) => {
      // Somebody started one at the same time.
      if (asAtomError(thrown).code === 'already-running') return undefined;
      throw thrown;
    },
  );
  try {
    return await withGateway(cli, true, work);
  } finally {
    alone?.stop({ force: false });
    await alone?.closed;
  }
}
