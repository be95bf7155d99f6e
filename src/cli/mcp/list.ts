import type { Cli } from '../cli.ts';
import { PATIENT, withShelf } from '../skills/shelf.ts';
import { serverLines } from './draw.ts';

/** Every MCP server of the settings: what it may touch, and its tools with how much they count as. */
export async function listServers(cli: Cli): Promise<void> {
  const { servers } = await withShelf(cli, (gateway) => gateway.request('mcp.list', {}, PATIENT));
  if (cli.out.json) return cli.out.object({ servers });
  if (servers.length === 0) return cli.out.hint('There are no MCP servers. See:   atom help mcp');
  for (const line of servers.flatMap((one) => serverLines(one, cli.out.style))) cli.out.data(line);
  for (const { name, state } of servers)
    if (state === 'waiting') cli.out.hint(`Look at its tools:   atom mcp approve ${name}`);
  if (servers.some(({ tools }) => tools.some(({ classified }) => !classified)))
    cli.out.hint(
      '? counts as a change until you say otherwise:   atom mcp classify <name> <tool> 1',
    );
}
