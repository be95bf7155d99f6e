import { loadConfig } from '../../config/load.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { gitOf, limitsOf } from '../../domain/jail-words.ts';
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
  const columns = COLUMNS.filter(({ of, always }) => always || jails.some((jail) => of(jail)));
  const rows = jails.map((jail) => [
    jail.name,
    jail.mode,
    ...columns.map(({ of }) => of(jail)),
    jail.name === workspace ? 'workspace' : '',
    jail.folder,
  ]);
  const head = ['NAME', 'MODE', ...columns.map(({ head: title }) => title), '', 'FOLDER'];
  for (const line of table([head, ...rows])) cli.out.data(line);
}

/** Those without `always` are shown only where a jail says something there. */
const COLUMNS: readonly {
  readonly head: string;
  readonly always?: boolean;
  readonly of: (jail: JailSpec) => string;
}[] = [
  { head: 'NETWORK', always: true, of: ({ network = [] }) => network.join(' ') || 'none' },
  { head: 'GIT', of: (jail) => (gitOf(jail) === 'guarded' ? '' : gitOf(jail)) },
  { head: 'MAY CHANGE', of: ({ unprotected = [] }) => unprotected.join(' ') },
  { head: 'SHOWS', of: ({ shows = [] }) => shows.join(' ') },
  { head: 'LIMITS', of: (jail) => limitsOf(jail).join(', ') },
];
