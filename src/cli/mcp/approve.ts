import { AtomError } from '../../base/errors.ts';
import type { McpPlan } from '../../domain/mcp.ts';
import { sure } from '../ask/sure.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { exactly } from '../out/plain.ts';
import { codeFor } from '../skills/approve.ts';
import { PATIENT, withShelf } from '../skills/shelf.ts';
import { planLines } from './draw.ts';

/** Starts a server or connects to it, and says what it says of itself. Nothing is approved. */
export async function testServer(cli: Cli, server: string): Promise<void> {
  const { plan } = await withShelf(cli, (gateway) =>
    gateway.request('mcp.look', { server }, PATIENT),
  );
  if (cli.out.json) return cli.out.object({ plan });
  for (const line of planLines(exactly(plan, cli.out), cli.out.style)) cli.out.data(line);
  if (plan.server.state === 'ready') cli.out.say('It answered, and says what you approved.');
  else cli.out.hint(`Let it be used:   atom mcp approve ${server}`);
}

export interface ApproveOptions {
  /** The beginning of the digest that was looked at, instead of a question. */
  readonly digest?: string;
  readonly totpStdin: boolean;
}

/** Asks a server for its tools, shows them, and lets exactly those be used. `--yes` does not answer. */
export async function approveServer(
  cli: Cli,
  server: string,
  options: ApproveOptions,
): Promise<void> {
  await withShelf(cli, async (gateway) => {
    const { plan } = await gateway.request('mcp.look', { server }, PATIENT);
    if (plan.server.state === 'ready') {
      if (cli.out.json) return cli.out.object({ server: plan.server, changed: false });
      return cli.out.say(`${server} is approved already, as it is.`);
    }
    if (!cli.out.json)
      for (const line of planLines(exactly(plan, cli.out), cli.out.style)) cli.out.data(line);
    await agree(cli, plan, options);
    const code = await codeFor(cli, gateway, { needed: true, totpStdin: options.totpStdin });
    const order = { server, digest: plan.digest, ...code };
    const answer = await gateway.request('mcp.trust', order, PATIENT);
    if (cli.out.json) return cli.out.object({ server: answer.server, changed: true });
    cli.out.data(
      `Approved: ${server}. Each of its tools counts as a change until you say otherwise.`,
    );
    cli.out.hint(`Say that one only looks:   atom mcp classify ${server} <tool> 1`);
    cli.out.hint(`Stop it at once:   atom mcp remove ${server}`);
  });
}

const SHORTEST = 12;

async function agree(cli: Cli, plan: McpPlan, { digest }: ApproveOptions): Promise<void> {
  const named = `--digest ${plan.digest.slice(0, SHORTEST)}`;
  if (digest !== undefined) {
    if (digest.length >= SHORTEST && plan.digest.startsWith(digest)) return;
    throw new AtomError('blocked', 'That is not what it says now. Nothing was approved.', {
      next: [`Look at it, then:   ${named}`],
    });
  }
  requirePerson(
    cli,
    'An approval wants a person',
    `Look at it; then name exactly that:   ${named}`,
  );
  await sure(
    { ...cli, flags: { ...cli.flags, yes: false } },
    { question: 'May agents use these tools?', otherwise: 'Nothing was approved.' },
  );
}
