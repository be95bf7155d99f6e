import { AtomError } from '../../base/errors.ts';
import { type Maturity, stepUp } from '../../domain/agent.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawReport } from './draw.ts';

/**
 * Shows the record that argues for it, then promotes with a code of the second factor. Throws AtomError
 * `credentials` where none is enrolled, or the code is not taken.
 */
export async function promote(
  cli: Cli,
  wish: {
    readonly name: string;
    readonly to: Maturity | undefined;
    readonly totpStdin: boolean;
  },
): Promise<void> {
  const { name } = wish;
  await withGateway(cli, false, async (gateway) => {
    const report = await gateway.request('agents.show', { name });
    if (!cli.out.json) for (const line of drawReport(report, cli.out)) cli.out.say(line);
    // Before anything is asked for: without a second factor the gateway refuses, and says what to do.
    const to = wish.to ?? stepUp(report.agent.maturity);
    if (to === undefined)
      throw new AtomError('usage', `${name} is ${report.agent.maturity}: there is nothing above.`);
    const code = report.secondFactor ? { code: await askCode(cli, wish.totpStdin) } : {};
    const moved = await gateway.request('agents.promote', { name, to, ...code });
    if (cli.out.json) return cli.out.object({ ...moved });
    cli.out.say(`${name} is ${moved.to} now (it was ${moved.from}).`);
    cli.out.hint(`Take it back:   atom agents demote ${name}`);
  });
}
