import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { packageVersion } from '../version.ts';

export function showVersion({ out, paths }: Cli): void {
  const { configFile, data, state, socket } = paths;
  const version = packageVersion();
  if (out.json) {
    out.object({ version, node: process.versions.node, config: configFile, data, state, socket });
    return;
  }
  const rows = [
    ['atom', version],
    ['node', process.versions.node],
    ['profile', paths.profile],
    ['config', configFile],
    ['data', data],
    ['state', state],
    ['socket', socket],
  ];
  for (const line of table(rows)) out.data(line);
}
