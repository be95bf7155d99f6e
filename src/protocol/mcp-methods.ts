import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { Outcome } from '../domain/action.ts';
import type { McpListing, McpPlan } from '../domain/mcp.ts';

const server = z.string().min(1).max(40);
const tool = z.string().min(1).max(200);
/** A code of the second factor, where one is enrolled. */
const code = z.string().min(1).max(64).optional();

/** Parameters of what says which MCP servers may be used. All of them read the settings again. */
export const mcpParams = {
  'mcp.list': () => z.strictObject({}),
  /** Starts one, or connects to it, and asks what its tools are. */
  'mcp.look': () => z.strictObject({ server }),
  'mcp.trust': () =>
    z.strictObject({
      server,
      /** Digest of what was shown: anything else is not approved. */
      digest: z.string().length(64),
      code,
    }),
  /** Says how much a tool does; less than before needs a code, where a second factor is enrolled. */
  'mcp.classify': () =>
    z.strictObject({
      server,
      tool,
      complexity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
      code,
    }),
  /** Ends one and forgets what was approved of it. */
  'mcp.forget': () => z.strictObject({ server }),
  /** Calls a tool as the owner's own act. */
  'mcp.call': () =>
    z.strictObject({
      server,
      tool,
      input: z.record(z.string(), z.json() as z.ZodType<Json>),
      code,
    }),
} as const;

export interface McpAnswers {
  readonly 'mcp.list': { readonly servers: readonly McpListing[] };
  readonly 'mcp.look': { readonly plan: McpPlan };
  readonly 'mcp.trust': { readonly server: McpListing };
  readonly 'mcp.classify': { readonly server: McpListing };
  readonly 'mcp.forget': { readonly forgotten: boolean };
  readonly 'mcp.call': { readonly outcome: Outcome };
}
