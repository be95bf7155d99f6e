import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';

/** The jails of the configuration; asks no gateway. */
export async function listJails(cli: Cli): Promise<void> {
  const { jails, workspace } = await loadConfig(cli.paths, cli.env);
  if (cli.out.json) return cli.out.object({ jails, workspace });
  if (jails.length === 0) {
    cli.out.hint('There is no jail, so no command can run. Add one:   atom jails add <folder>');
    return;
  }
  const rows = jails.map(({ name, folder, mode }) => [
    name,
    mode,
    name === workspace ? 'workspace' : '',
    folder,
  ]);
  for (const line of table([['NAME', 'MODE', '', 'FOLDER'], ...rows])) cli.out.data(line);
}
