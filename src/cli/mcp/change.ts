import { AtomError } from '../../base/errors.ts';
import { visibleBlock } from '../../base/visible.ts';
import { readConfig } from '../../config/file.ts';
import type { Complexity } from '../../domain/complexity.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { codeFor } from '../skills/approve.ts';
import { inputFrom, notDone, tellQuestions, textOf } from '../skills/run.ts';
import { PATIENT, withShelf } from '../skills/shelf.ts';
import { writeServers } from './settings.ts';

/** Takes a server out of the settings, ends it, and forgets what was approved. */
export async function removeServer(cli: Cli, server: string): Promise<void> {
  const { mcp } = await readConfig(cli.paths);
  if (!mcp.some(({ name }) => name === server))
    throw new AtomError('not-found', `There is no MCP server named ${server}.`, {
      next: ['See which there are:   atom mcp list'],
    });
  await sure(cli, { question: `Remove ${server}?` });
  await writeServers(
    cli,
    mcp.filter(({ name }) => name !== server),
  );
  await withShelf(cli, (gateway) => gateway.request('mcp.forget', { server }, PATIENT));
  if (cli.out.json) return cli.out.object({ removed: server });
  cli.out.hint(`Removed ${server}. Secrets that were kept for it stay:   atom secrets list`);
}

/** Says how much a tool does: 1 looks, 2 says something, 3 changes something, 4 cannot be taken back. */
export async function classifyTool(
  cli: Cli,
  { server, tool, complexity }: { server: string; tool: string; complexity: Complexity },
  totpStdin: boolean,
): Promise<void> {
  await withShelf(cli, async (gateway) => {
    const { servers } = await gateway.request('mcp.list', {}, PATIENT);
    const all = servers.find(({ name }) => name === server)?.tools ?? [];
    const now = all.find((one) => one.tool === tool)?.complexity ?? 4;
    const code = await codeFor(cli, gateway, { needed: complexity < now, totpStdin });
    const said = { server, tool, complexity, ...code };
    const answer = await gateway.request('mcp.classify', said, PATIENT);
    if (cli.out.json) return cli.out.object({ server: answer.server });
    cli.out.say(`${tool} of ${server} ${countsAs[complexity]}.`);
    cli.out.hint(`Undo:   atom mcp classify ${server} ${tool} ${now}`);
  });
}

const countsAs: Readonly<Record<Complexity, string>> = {
  1: 'counts as looking',
  2: 'counts as saying something',
  3: 'counts as a change',
  4: 'counts as what cannot be taken back',
};

/** One call may wait for a yes, and take as long as it takes. */
const MOST_MS = 660_000;

/** Calls a tool once, as the owner's own act. */
export async function callTool(
  cli: Cli,
  { server, tool, words }: { server: string; tool: string; words: readonly string[] },
  totpStdin: boolean,
): Promise<void> {
  await withShelf(cli, async (gateway) => {
    const { servers } = await gateway.request('mcp.list', {}, PATIENT);
    const all = servers.find(({ name }) => name === server)?.tools ?? [];
    const found = all.find((one) => one.tool === tool);
    const input = inputFrom(words, {}) as Record<string, never>;
    const code = await codeFor(cli, gateway, { needed: found?.complexity === 4, totpStdin });
    const stop = tellQuestions(cli, gateway);
    const order = { server, tool, input, ...code };
    const { outcome } = await gateway.request('mcp.call', order, { timeoutMs: MOST_MS });
    stop();
    if (!outcome.ok) throw notDone(outcome);
    if (cli.out.json) return cli.out.object({ server, tool, result: outcome.value });
    cli.out.raw(visibleBlock(textOf(outcome.value)));
  });
}
