import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';

/** Unlinks an account; true where a gateway runs that could tell the platform. */
export async function unlink(cli: Cli, channel: string): Promise<boolean> {
  if ((await whoRuns(cli)) === undefined) return false;
  return withGateway(cli, false, async (gateway) => {
    const { channels } = await gateway.request('channels.list', {});
    const found = channels.find(({ name }) => name === channel);
    if (found === undefined) return false;
    await gateway.request('channels.unlink', { channel });
    return found.health.state === 'ready';
  });
}
