import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

/** The channels that a chat account can be paired on, and what is missing where it cannot. */
export async function listPairable(cli: Cli): Promise<void> {
  const { channels } = await withGateway(cli, false, (gateway) =>
    gateway.request('pair.channels', {}),
  );
  if (cli.out.json) return cli.out.object({ channels });
  const rows = channels.map(({ channel, label, identity, why }) => [
    ...[channel, label, identity === undefined ? `cannot be paired: ${why}` : `as ${identity}`],
  ]);
  for (const line of table([['CHANNEL', 'NAME', 'STATE'], ...rows])) cli.out.data(line);
  cli.out.hint('Pair your account:   atom pair <channel>');
}
