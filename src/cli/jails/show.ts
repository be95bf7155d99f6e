import { asAtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { loadConfig } from '../../config/load.ts';
import { maturities } from '../../domain/agent.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { jailNamed } from '../../domain/jail-choice.ts';
import { limitNames, limitsAt, limitUnits, limitWords } from '../../domain/jail-limits.ts';
import { gitOf } from '../../domain/jail-words.ts';
import type { Cli } from '../cli.ts';
import { padded, table } from '../out/table.ts';
import { type Found, lookInto } from './look-into.ts';

/** Everything that a jail lets commands do, in words, and what it keeps from them right now. */
export async function showJail(cli: Cli, name: string): Promise<void> {
  const { jails, workspace } = await loadConfig(cli.paths, cli.env);
  const jail = jailNamed(jails, name);
  const found = lookAt(cli, jail, jails);
  if (cli.out.json) {
    const limits = Object.fromEntries(
      maturities.map((maturity) => [maturity, limitsAt(jail, maturity)]),
    );
    return cli.out.object({ jail, workspace: name === workspace, limits, ...found });
  }
  for (const [what, words] of rows(jail, found)) cli.out.data(`${padded(what, 10)}  ${words}`);
  cli.out.data('');
  for (const line of table(limitRows(jail))) cli.out.data(line);
}

type Seen = Found | { readonly trouble: string };

function lookAt(cli: Cli, jail: JailSpec, all: readonly JailSpec[]): Seen {
  try {
    return lookInto(cli, jail, all);
  } catch (error) {
    return { trouble: asAtomError(error).message };
  }
}

const GIT = {
  'read-only': 'nothing of a repository may be changed',
  guarded: 'commits and branches may be made; what git runs or follows stays as it is',
  open: 'everything of a repository may be changed, also what git runs',
} as const;

function rows(jail: JailSpec, found: Seen): readonly (readonly [string, string])[] {
  const { name, folder, mode, network = [], unprotected = [], shows = [] } = jail;
  const writes = mode === 'read-write';
  const hosts = `only ${network.join(', ')} (what is sent there leaves this machine)`;
  return [
    ['jail', name],
    ['folder', visible(folder)],
    ['files', `commands may read ${writes ? 'and change ' : ''}what is in the folder`],
    ['network', network.length === 0 ? 'none' : hosts],
    ['git', writes ? `${gitOf(jail)}: ${GIT[gitOf(jail)]}` : GIT['read-only']],
    ...(unprotected.length === 0
      ? []
      : [['may change', `${unprotected.join(', ')}, which other jails protect`] as const]),
    ...shows.map((path) => ['shows', `${visible(path)}, to read`] as const),
    ...seenRows(found, writes),
  ];
}

function seenRows(found: Seen, writes: boolean): readonly (readonly [string, string])[] {
  if ('trouble' in found) return [['TROUBLE', `no command can run in it: ${found.trouble}`]];
  const list = (paths: readonly string[]): string => paths.map(visible).join(', ') || 'nothing now';
  return [
    ['protected', writes ? list(found.protected) : 'everything'],
    ['hidden', list(found.hidden)],
  ];
}

/** One row a limit, one column a maturity; `*` marks what the jail itself says. */
function limitRows(jail: JailSpec): readonly (readonly string[])[] {
  const own = jail.limits ?? {};
  return [
    ['LIMIT', ...maturities.map((maturity) => maturity.toUpperCase())],
    ...limitNames.map((name) => [
      `${limitUnits[name].option}${own[name] === undefined ? '' : ' *'}`,
      ...maturities.map((maturity) => limitWords(name, limitsAt(jail, maturity)[name])),
    ]),
    ...(Object.keys(own).length === 0 ? [] : [['* set by the jail']]),
  ];
}
