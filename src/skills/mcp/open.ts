import { AtomError } from '../../base/errors.ts';
import { redactOutput } from '../../base/redact.ts';
import type { LaunchResult } from '../../domain/jail.ts';
import type { McpServer } from '../../domain/mcp.ts';
import { requireJail } from '../runtime/modules.ts';
import { LEAST_SECRET } from '../runtime/secret-read.ts';
import type { Placed } from './connections.ts';
import type { McpHost, Wire } from './host.ts';
import { createHttpWire } from './http-wire.ts';
import { createJailWire } from './jail-wire.ts';
import { type McpSession, openSession } from './session.ts';

export interface OpenDeps {
  readonly host: McpHost;
  readonly version: string;
  onChanged(server: string): void;
  onEnded(server: string, result: LaunchResult): void;
}

/**
 * Starts a server in its jail, or connects to it, and begins a conversation. Throws AtomError `unavailable`
 * where there is no jail, `not-found` where a secret is not set, `failed` with what the server said.
 */
export async function openServer(
  { host, version, onChanged, onEnded }: OpenDeps,
  { server, jail }: Placed,
  signal: AbortSignal,
): Promise<McpSession> {
  const { name } = server;
  const given = await givenTo(host, server);
  const wire = jail
    ? await wireIn(host, { server, jail }, { given, onEnded: (result) => onEnded(name, result) })
    : await createHttpWire(host, { url: server.url ?? '', headers: given.values });
  return openSession(
    {
      server: name,
      version,
      wire,
      scrub: redactOutput(given.secrets),
      roots: jail && server.jail !== undefined ? [jail.folder, ...(server.shows ?? [])] : [],
      onChanged: () => onChanged(name),
    },
    signal,
  );
}

async function wireIn(
  host: McpHost,
  { server, jail }: { readonly server: McpServer; readonly jail: NonNullable<Placed['jail']> },
  { given, onEnded }: { readonly given: Given; onEnded(result: LaunchResult): void },
): Promise<Wire> {
  requireJail(await host.status());
  const { command = [], network = [] } = server;
  return createJailWire(host, { jail, command, speaksTo: network, env: given.values }, onEnded);
}

/** What a server is handed: its variables or headers, and the secrets in them. */
interface Given {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

async function givenTo(host: McpHost, { secrets = {}, headers = {} }: McpServer): Promise<Given> {
  const all = await Promise.all(
    Object.entries({ ...secrets, ...headers }).map(async ([key, text]) => {
      const [first = '', second] = text.split(' ');
      const value = await secretNamed(host, second ?? first);
      return { key, value: second === undefined ? value : `${first} ${value}`, secret: value };
    }),
  );
  return {
    values: Object.fromEntries(all.map(({ key, value }) => [key, value])),
    secrets: all.map(({ secret }) => secret),
  };
}

async function secretNamed(host: McpHost, name: string): Promise<string> {
  const value = await host.secret(name);
  const next = [`atom secrets set ${name}`];
  if (value === undefined)
    throw new AtomError('not-found', `The secret ${name} is not set.`, { next });
  if (value.length >= LEAST_SECRET) return value;
  throw new AtomError('blocked', `The secret ${name} is too short to be kept one.`, { next });
}
