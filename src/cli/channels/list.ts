import type { ChannelStatus } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';
import { platformNames } from './platforms.ts';
import { ownNames, readChannel } from './settings.ts';

interface Listed {
  readonly name: string;
  readonly state: string;
  readonly words: string;
}

/** The channels as the gateway has them; where none runs, as the file says. */
export async function listChannels(cli: Cli): Promise<void> {
  const running = (await whoRuns(cli)) !== undefined;
  const channels = running ? await fromGateway(cli) : await fromFile(cli);
  if (cli.out.json) return cli.out.object({ running, channels });
  for (const line of table(channels.map(({ name, state, words }) => [name, state, words])))
    cli.out.data(line);
  if (!running) cli.out.hint('Whether they work shows once atom runs:   atom start');
}

const fromGateway = (cli: Cli): Promise<readonly Listed[]> =>
  withGateway(cli, false, async (gateway) =>
    (await gateway.request('channels.list', {})).channels.map(listed),
  );

function listed({ name, health }: ChannelStatus): Listed {
  if (health.state === 'ready') return { name, state: 'ready', words: `as ${health.identity}` };
  return { name, state: health.state, words: 'reason' in health ? health.reason : '' };
}

async function fromFile(cli: Cli): Promise<readonly Listed[]> {
  const found: Listed[] = [{ name: 'terminal', state: 'not running', words: '' }];
  for (const name of [...platformNames, ...(await ownNames(cli))]) {
    const settings = await readChannel(cli, name);
    if (settings === undefined) continue;
    const state = settings.enabled === false ? 'off' : 'not running';
    found.push({ name, state, words: '' });
  }
  return found;
}
