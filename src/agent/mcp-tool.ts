import type { Labels } from '../domain/label.ts';
import type { McpReadyTool } from '../domain/mcp.ts';
import type { Tool } from '../domain/tool.ts';
import { skillText } from './output-text.ts';

/** A server outlives a conversation, and may tell in one what it was told in another. */
const YIELDS: Labels = { integrity: 'untrusted', confidentiality: 'private' };

/** A tool of an MCP server that the owner approved; its input is checked by the server itself. */
export const mcpTool = ({ server, tool, name, description, input }: McpReadyTool): Tool => ({
  name,
  description,
  input,
  yields: YIELDS,
  toIntent: (given) => ({ action: 'mcp.call', resource: { server, tool, input: given } }),
  toText: skillText,
});
