import { canonical, type Json } from '../../base/json.ts';
import type { Complexity } from '../../domain/complexity.ts';
import {
  type McpApproval,
  type McpListing,
  type McpReadyTool,
  type McpServer,
  type McpTool,
  mcpToolName,
  toolDigest,
} from '../../domain/mcp.ts';
import type { McpKnown } from '../../store/tables/mcp.ts';
import { shownDescription, shownSchema } from './shown-tool.ts';
import { mayWords, whereWords } from './words.ts';

/** What may be done with a server: use what was approved, or nothing, and why. */
export type Standing =
  | { readonly state: 'ready'; readonly approval: McpApproval }
  | { readonly state: 'waiting'; readonly why: string; readonly approval?: McpApproval };

/** Where nobody said how much a tool does, it changes something: no hint of its own makes it less. */
export const UNCLASSIFIED: Complexity = 3;

/** Holds a server of the settings against what was approved, and what it said of itself since. */
export function standingOf(server: McpServer, { approvals, changed }: McpKnown): Standing {
  const approval = approvals.get(server.name);
  if (!approval) return { state: 'waiting', why: 'it is new' };
  const isSame =
    canonical(server as unknown as Json) === canonical(approval.server as unknown as Json);
  if (!isSame) return { state: 'waiting', why: 'its settings changed', approval };
  if (changed.has(server.name)) return { state: 'waiting', why: 'its tools changed', approval };
  return { state: 'ready', approval };
}

/**
 * How much a tool does, as the owner said of exactly this one. What was said to do more than is taken of others
 * is held to that whatever it says of itself since.
 */
export function complexityOf(
  { classes }: Pick<McpKnown, 'classes'>,
  server: string,
  tool: McpTool,
): Complexity | undefined {
  const said = classes.find((one) => one.server === server && one.tool === tool.name);
  if (said === undefined) return undefined;
  const holds = said.complexity > UNCLASSIFIED || said.digest === toolDigest(tool);
  return holds ? said.complexity : undefined;
}

/** The tools of servers that agents may ask for. */
export const readyTools = (
  servers: readonly McpServer[],
  known: McpKnown,
): readonly McpReadyTool[] =>
  servers.flatMap((server) => {
    const standing = standingOf(server, known);
    if (standing.state !== 'ready') return [];
    const { digest: pin, tools } = standing.approval;
    return tools.map((tool) => ({
      server: server.name,
      tool: tool.name,
      name: mcpToolName(server.name, tool.name),
      pin,
      description: shownDescription(tool),
      input: shownSchema(tool.input),
      complexity: complexityOf(known, server.name, tool) ?? UNCLASSIFIED,
    }));
  });

/** A server in words. */
export function listingOf(server: McpServer, known: McpKnown, isOpen: boolean): McpListing {
  const standing = standingOf(server, known);
  const { approval } = standing;
  const approved = standing.state === 'ready' ? standing.approval.tools : [];
  return {
    name: server.name,
    state: standing.state,
    where: whereWords(server),
    ...(standing.state === 'waiting' ? { why: standing.why } : {}),
    may: mayWords(server),
    isOpen,
    tools: approved.map((tool) => {
      const said = complexityOf(known, server.name, tool);
      return {
        tool: tool.name,
        name: mcpToolName(server.name, tool.name),
        description: shownDescription(tool),
        complexity: said ?? UNCLASSIFIED,
        classified: said !== undefined,
      };
    }),
    ...(approval ? { approved: { at: approval.at, by: approval.by } } : {}),
  };
}
