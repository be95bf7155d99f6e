import type { AgentSummary } from '../../domain/agent-report.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

/** Every agent on one line, and who the record speaks for. */
export async function listAgents(cli: Cli): Promise<void> {
  const { agents } = await withGateway(cli, false, (gateway) => gateway.request('agents.list', {}));
  if (cli.out.json) return cli.out.object({ agents });
  const rows = agents.map(rowOf);
  for (const line of table([['NAME', 'MATURITY', 'MODEL', 'JAILS', 'RECORD'], ...rows]))
    cli.out.data(line);
  for (const { name, readiness } of agents)
    if (readiness.ready)
      cli.out.hint(`${name} is ready to be ${readiness.to}:   atom agents promote ${name}`);
}

const rowOf = ({
  name,
  maturity,
  model,
  jails,
  users,
  paused,
  verdict,
}: AgentSummary): readonly string[] => [
  name,
  paused ? `${maturity}, paused` : maturity,
  model,
  [
    jails?.join(',') ?? 'all',
    ...users.map((user) => `${user.name}: ${user.jails.join(',') || '–'}`),
  ].join('; '),
  verdict,
];
