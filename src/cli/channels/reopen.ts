import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { ChannelStatus } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { wholeName } from './named.ts';
import { within } from './within.ts';

/** A platform that does not answer is tried again for as long as it takes; this waits no longer. */
const ANSWER_MS = 20_000;

/** Has the gateway open a channel anew, with the secrets of now, and says what came of it. */
export async function reopenChannel(cli: Cli, name: string): Promise<void> {
  const channel = wholeName(cli, name);
  await withGateway(cli, false, async (gateway) => {
    await gateway.request('channels.reopen', { channel });
    const ended = await within(cli.flags.timeoutMs ?? ANSWER_MS, async () => {
      const { health } = await statusOf(gateway, channel);
      return health.state === 'ready' || health.state === 'failed' ? health : undefined;
    });
    const { health, label } = await statusOf(gateway, channel);
    if (ended?.state === 'failed')
      throw new AtomError('failed', `${label} failed: ${ended.reason}`);
    if (cli.out.json) return cli.out.object({ channel, health });
    cli.out.say(
      ended === undefined
        ? `${label} is open and has not heard of its platform yet. How it does:   atom status`
        : `${label} is ready as ${ended.identity}.`,
    );
  });
}

async function statusOf(gateway: Gateway, channel: string): Promise<ChannelStatus> {
  const { channels } = await gateway.request('channels.list', {});
  const found = channels.find(({ name }) => name === channel);
  if (found) return found;
  throw new AtomError('not-found', `There is no channel ${channel}.`);
}
