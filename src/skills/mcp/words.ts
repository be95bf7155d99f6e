import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { JailSpec } from '../../domain/jail.ts';
import type { McpServer } from '../../domain/mcp.ts';

/** How a server is reached: its command line or its address. */
export const whereWords = ({ command = [], url }: McpServer): string =>
  visible(url ?? command.join(' '));

/** What a server may touch, one thing a line. */
export function mayWords(server: McpServer): readonly string[] {
  const {
    jail,
    mode = 'read-only',
    shows = [],
    network = [],
    secrets = {},
    url,
    headers = {},
  } = server;
  const held = { ...secrets, ...headers };
  return [
    ...(url === undefined
      ? [`run the program ${visible(server.command?.[0] ?? '')} in a jail`]
      : [`be told by atom what it is asked, at ${visible(URL.parse(url)?.host ?? url)}`]),
    ...(jail === undefined
      ? []
      : [mode === 'read-write' ? `read and change files of ${jail}` : `read files of ${jail}`]),
    ...shows.map((path) => `read files below ${visible(path)}`),
    ...(network.length === 0 ? [] : [`speak to ${network.join(', ')}`]),
    ...Object.entries(held).map(([name, secret]) => `have ${secretIn(secret)}, as ${name}`),
  ];
}

const secretIn = (text: string): string => `the secret ${text.split(' ').at(-1)}`;

/** The jail of a server that is a program: what it declares, and nothing that its jail lets commands do besides. */
export function jailOf(
  { name, mode = 'read-only', shows = [] }: McpServer,
  { empty, own }: { readonly empty: JailSpec; readonly own: JailSpec | undefined },
): JailSpec {
  const shown = shows.length === 0 ? {} : { shows };
  if (!own) return { ...empty, name: `mcp-${name}`, ...shown };
  const { git, unprotected } = own;
  return {
    name: own.name,
    folder: own.folder,
    mode: mode === 'read-write' && own.mode === 'read-write' ? 'read-write' : 'read-only',
    ...(git === undefined ? {} : { git }),
    ...(unprotected === undefined ? {} : { unprotected }),
    ...shown,
  };
}

/** A call was decided for what a server was, and that is another now. */
export const changedSince = (server: string): AtomError =>
  new AtomError('blocked', `The server ${server} changed since this was decided.`, {
    next: ['Ask for it again.'],
  });
