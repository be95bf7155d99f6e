import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { visible } from '../base/visible.ts';
import type { Action } from '../domain/action.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { McpPlan } from '../domain/mcp.ts';
import { redeem } from '../governance/grant.ts';
import { ownerOnly } from './owner-only.ts';

/** What is asked of the servers of the settings. */
export interface McpTrustDeps {
  plan(server: string, digest: string): McpPlan;
  approve(order: z.output<typeof trustSchema>): Promise<void>;
  classify(said: Said): Promise<void>;
  /** Those that are approved, with how much they do. */
  tools(): readonly {
    readonly server: string;
    readonly tool: string;
    readonly complexity: Complexity;
  }[];
}

const server = z.string().min(1).max(40);
/** `surface/id` of who says so. */
const by = z.string().min(1).max(200);
const trustSchema = z.strictObject({
  server,
  /** Digest of what the owner was shown. */
  digest: z.string().length(64),
  by,
});
const classSchema = z.strictObject({
  server,
  tool: z.string().min(1).max(200),
  complexity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  by,
});
type Said = z.output<typeof classSchema>;

/**
 * The action `mcp.trust`: `{server, digest, by}`, from now on agents may use a server as it was shown, with
 * exactly these settings and tools. Complexity 4. Only the owner may ask.
 */
export const createMcpTrust = (deps: McpTrustDeps): Action => ({
  name: 'mcp.trust',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'approves MCP servers');
    const order = parse(trustSchema, resource);
    const plan = deps.plan(order.server, order.digest);
    const tools = plan.tools.filter(({ change }) => change !== 'removed');
    return {
      resource: { ...order },
      facts: { digest: plan.digest },
      declared: { complexity: 4, why: 'lets agents use an MCP server' },
      card: {
        kind: 'trust',
        words: [`approve the MCP server ${order.server} and its ${tools.length} tools`],
        may: plan.server.may,
        undo: `atom mcp remove ${order.server} stops it at once`,
        detail: [
          ...plan.warnings,
          ...plan.tools.map(({ name, change }) => `${change}: ${visible(name)}`),
          plan.diff,
        ].join('\n'),
      },
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner approves MCP servers.');
    const order = parse(trustSchema, prepared.resource);
    await deps.approve(order);
    return { server: order.server, digest: order.digest };
  },
});

/**
 * The action `mcp.classify`: `{server, tool, complexity, by}`, says how much a tool does. To make it less than
 * before is an act of trust: complexity 4. Only the owner may ask.
 */
export const createMcpClassify = (deps: McpTrustDeps): Action => ({
  name: 'mcp.classify',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'says how much a tool does');
    const said = parse(classSchema, resource);
    const now = complexityNow(deps, said);
    const { tool, complexity } = said;
    return {
      resource: { ...said },
      facts: { now },
      declared:
        complexity < now
          ? { complexity: 4, why: 'lets agents use a tool with fewer questions' }
          : { complexity: 2, why: 'makes a tool count for more' },
      card: {
        kind: 'trust',
        words: [
          `let ${tool} of the MCP server ${said.server} count as ${complexity} instead of ${now}`,
        ],
        may: [],
        undo: `atom mcp classify ${said.server} ${visible(tool)} ${now}`,
      },
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner says how much a tool does.');
    const said = parse(classSchema, prepared.resource);
    await deps.classify(said);
    return { server: said.server, tool: said.tool, complexity: said.complexity };
  },
});

function complexityNow({ tools }: McpTrustDeps, said: Said): Complexity {
  const found = tools().find(
    ({ server: name, tool }) => name === said.server && tool === said.tool,
  );
  if (found) return found.complexity;
  throw new AtomError(
    'not-found',
    `${visible(said.server)} has no approved tool ${visible(said.tool)}.`,
    {
      next: ['See which there are:   atom mcp list'],
    },
  );
}

function parse<T>(schema: z.ZodType<T>, resource: Json): T {
  return readAs(schema, resource, 'That says nothing of a server');
}
