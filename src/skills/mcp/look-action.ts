import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Action } from '../../domain/action.ts';
import { redeem } from '../../governance/grant.ts';
import type { McpServers } from './servers.ts';
import { mayWords, whereWords } from './words.ts';

const resourceSchema = z.strictObject({ server: z.string().min(1).max(40) });

/**
 * The action `mcp.look`: `{server}`, starts a server or connects to it, and asks it what its tools are. Its
 * result is an `McpPlan`. Only the owner may ask: what nobody approved runs then, in its jail.
 */
export const createMcpLook = (servers: Pick<McpServers, 'server' | 'look' | 'list'>): Action => ({
  name: 'mcp.look',
  prepare: async (resource, agent) => {
    if (agent) throw new AtomError('blocked', 'Only the owner looks at MCP servers.');
    const { server: name } = parse(resource);
    await servers.list();
    const server = servers.server(name);
    return {
      resource: { server: name },
      facts: { server: server as unknown as Json },
      declared: { complexity: 3, why: 'asks an MCP server what it can do' },
      source: `the MCP server ${name}`,
      card: {
        kind: 'trust',
        words: [`ask the MCP server ${name} for its tools: ${whereWords(server)}`],
        may: mayWords(server),
        undo: 'what it does meanwhile may not be taken back',
      },
    };
  },
  execute: async (grant, signal) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner looks at MCP servers.');
    return (await servers.look(parse(prepared.resource).server, signal)) as unknown as Json;
  },
});

function parse(resource: Json): z.output<typeof resourceSchema> {
  const parsed = resourceSchema.safeParse(resource);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', 'A server is looked at by {server}.');
}
