import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { visible } from '../../base/visible.ts';
import type { Prepared } from '../../domain/action.ts';
import type { Agent } from '../../domain/agent.ts';
import {
  type McpReadyTool,
  type McpServer,
  mcpSkillName,
  speaksOutside,
} from '../../domain/mcp.ts';
import type { Coverage, Covers } from '../../domain/undo.ts';
import { callCard } from './call-card.ts';
import type { Connections, Placed } from './connections.ts';
import type { McpServers } from './servers.ts';

export interface McpCallDeps {
  readonly servers: Pick<McpServers, 'tools' | 'server' | 'hold'>;
  readonly connections: Pick<Connections, 'use'>;
  /** Where a server runs. Throws AtomError `blocked` where this agent may not use its jail. */
  place(server: McpServer, agent: Agent | undefined): Placed;
  readonly covers: Covers;
}

const resourceSchema = z.strictObject({
  server: z.string().max(40),
  tool: z.string().max(200),
  input: z.record(z.string(), z.json()).default({}),
});

/** The resource of `mcp.call`. */
export interface Called {
  readonly server: string;
  readonly tool: string;
  readonly input: { readonly [key: string]: Json };
}

/** The resource, read. Throws AtomError `usage`. */
export function readCall(resource: Json): Called {
  const parsed = resourceSchema.safeParse(resource);
  if (parsed.success) return parsed.data as Called;
  throw new AtomError('usage', 'A tool of a server is called with {server, tool, input}.');
}

/** What a call would do, without doing it. Throws AtomError `usage`, `not-found`, `blocked`. */
export async function prepareCall(
  deps: McpCallDeps,
  resource: Json,
  agent: Agent | undefined,
): Promise<Prepared> {
  const { server: name, tool, input } = readCall(resource);
  const found = findTool(deps.servers, { name, tool });
  const server = deps.servers.server(name);
  if (agent?.skills !== undefined && !agent.skills.includes(mcpSkillName(name)))
    throw new AtomError('blocked', `The agent ${agent.name} may not use the server ${name}.`);
  const placed = placeFor(found, deps.place(server, agent));
  const { jail } = placed;
  const coverage = jail?.mode === 'read-write' ? await deps.covers(jail.folder) : undefined;
  const outside = speaksOutside(server);
  return {
    resource: { server: name, tool, input },
    facts: { pin: found.pin, jail: jail ? { ...jail } : null } as unknown as Json,
    declared: declaredBy(found, coverage),
    ...(jail && coverage?.ok ? { reversible: { folder: jail.folder } } : {}),
    ...(server.jail === undefined || !jail ? {} : { jail: jail.name, ...touched(jail) }),
    targets: textsIn(input),
    source: `the MCP server ${name}`,
    leaves: outside ? 'people' : 'nobody',
    ...(outside ? { sends: true } : {}),
    card: callCard({ tool, server, input }, placed, coverage),
  };
}

/** An approved tool. Throws AtomError `not-found`. */
export function findTool(
  { tools }: Pick<McpServers, 'tools'>,
  { name, tool }: { readonly name: string; readonly tool: string },
): McpReadyTool {
  const found = tools().find((one) => one.server === name && one.tool === tool);
  if (found) return found;
  throw new AtomError('not-found', `${visible(name)} has no approved tool ${visible(tool)}.`, {
    next: ['See which there are, and which wait for your approval:   atom mcp list'],
  });
}

/** What was said to only look gets a jail that it cannot write to. */
const placeFor = ({ complexity }: McpReadyTool, { server, jail }: Placed): Placed => ({
  server,
  jail: jail && complexity === 1 ? { ...jail, mode: 'read-only', git: 'read-only' } : jail,
});

/** What the owner said of it, but that a change which nothing takes back is more than a change. */
function declaredBy(
  { tool, server, complexity }: McpReadyTool,
  coverage: Coverage | undefined,
): NonNullable<Prepared['declared']> {
  const name = `${visible(tool)} of ${server}`;
  return complexity === 3 && coverage?.ok === false
    ? { complexity: 4, why: `${name} may change what cannot be taken back` }
    : { complexity, why: `${name} counts as that (atom mcp classify)` };
}

function touched({
  folder,
  mode,
}: NonNullable<Placed['jail']>): Pick<Prepared, 'reads' | 'writes'> {
  const below = { path: folder, how: 'below' } as const;
  return { reads: [below], writes: mode === 'read-write' ? [below] : [] };
}

/** Every text in an input: what it is aimed at is one of them. */
function textsIn(input: Json): readonly string[] {
  if (typeof input === 'string') return [input];
  return input !== null && typeof input === 'object' ? Object.values(input).flatMap(textsIn) : [];
}
