import { hintFor } from '../../base/hint.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawReport } from './draw.ts';

/** The record of one agent, drawn. Throws AtomError `not-found`. */
export async function showAgent(cli: Cli, name: string): Promise<void> {
  const report = await withGateway(cli, false, (gateway) =>
    gateway.request('agents.show', { name }),
  );
  if (cli.out.json) return cli.out.object({ ...report });
  for (const line of drawReport(report, cli.out)) cli.out.data(hintFor(cli.paths.profile, line));
}
