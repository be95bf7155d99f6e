import { basename } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { readConfig } from '../../config/file.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { jailNamed } from '../../domain/jail-choice.ts';
import type { McpServer } from '../../domain/mcp.ts';
import type { Cli } from '../cli.ts';
import { writeServers } from './settings.ts';
import { pairs, shownFolder } from './words.ts';

/** What is said of a server on the command line. */
export interface ServerOptions {
  readonly command: readonly string[];
  readonly url?: string;
  /** Name of a jail that it may read in, or write in. */
  readonly read?: string;
  readonly write?: string;
  readonly show: readonly string[];
  readonly host: readonly string[];
  /** `NAME=mcp.files.token` */
  readonly secret: readonly string[];
  /** `Authorization=Bearer mcp.issues.token` */
  readonly header: readonly string[];
  /** In the place of one of the same name. */
  readonly replace: boolean;
}

/** Writes a server into the settings. Nothing is started, and nothing of it is used before it is approved. */
export async function addServer(cli: Cli, name: string, options: ServerOptions): Promise<void> {
  const { jails, mcp } = await readConfig(cli.paths);
  const before = mcp.find((one) => one.name === name);
  if (before && !options.replace)
    throw new AtomError('usage', `There is already an MCP server "${name}".`, {
      next: [`In its place, which has to be approved again:   atom mcp add ${name} --replace …`],
    });
  refuseFetcher(options);
  const server = serverFrom(cli, name, { options, jails });
  await writeServers(cli, [...mcp.filter((one) => one !== before), server]);
  if (cli.out.json) return cli.out.object({ added: server });
  cli.out.say(`Added the MCP server ${name}. No agent knows of it before you approve its tools.`);
  for (const secret of secretsOf(server)) cli.out.hint(`It needs:   atom secrets set ${secret}`);
  cli.out.hint(`Look at its tools, and let them be used:   atom mcp approve ${name}`);
  cli.out.hint(`Undo:   atom mcp remove ${name}`);
}

function serverFrom(
  cli: Cli,
  name: string,
  { options, jails }: { readonly options: ServerOptions; readonly jails: readonly JailSpec[] },
): McpServer {
  const { command, url, read, write, show, host, secret, header } = options;
  if (read !== undefined && write !== undefined)
    throw new AtomError('usage', 'A server works in one jail: give --read or --write.');
  const jail = write ?? read;
  if (jail !== undefined) jailNamed(jails, jail);
  const shows = show.map((path) => shownFolder(cli, path, jails));
  return {
    name,
    ...(command.length === 0 ? {} : { command }),
    ...(url === undefined ? {} : { url }),
    ...(jail === undefined ? {} : { jail }),
    ...(write === undefined ? {} : { mode: 'read-write' as const }),
    ...(shows.length === 0 ? {} : { shows }),
    ...(host.length === 0 ? {} : { network: host }),
    ...(secret.length === 0 ? {} : { secrets: pairs(secret) }),
    ...(header.length === 0 ? {} : { headers: pairs(header) }),
  };
}

const FETCHERS: ReadonlySet<string> = new Set(['npx', 'bunx', 'pnpx', 'uvx', 'pipx']);

/** These fetch a program whenever it is run, which a jail without a network cannot. */
function refuseFetcher({ command, host }: ServerOptions): void {
  const name = basename(command[0] ?? '');
  if (!FETCHERS.has(name) || host.length > 0) return;
  throw new AtomError(
    'usage',
    `${name} would fetch the program each time, and the jail has no network.`,
    {
      next: [
        'Install it once:   npm install --ignore-scripts --prefix ~/mcp <package>',
        'Then name its file:   atom mcp add files --show ~/mcp -- node ~/mcp/node_modules/<package>/dist/index.js',
      ],
    },
  );
}

const secretsOf = ({ secrets = {}, headers = {} }: McpServer): readonly string[] => [
  ...new Set(
    Object.values({ ...secrets, ...headers }).map((text) =>
      shellWord(text.split(' ').at(-1) ?? ''),
    ),
  ),
];
