import { asAtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { bad, type Finding, good } from './finding.ts';

/** Whether devices and programs can reach the gateway, where there are any. */
export async function findNetwork(cli: Cli): Promise<readonly Finding[]> {
  try {
    const { network } = await withGateway(cli, false, (gateway) => gateway.request('status', {}));
    if (network.state === 'failed') return [bad('port', network.reason, ...network.next)];
    return network.state === 'off'
      ? []
      : [good('port', `devices and programs connect to ${network.url}`)];
  } catch (thrown) {
    // That none runs was told before.
    if (asAtomError(thrown).code === 'not-running') return [];
    throw thrown;
  }
}
