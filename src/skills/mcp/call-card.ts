import type { Json } from '../../base/json.ts';
import type { CardFacts } from '../../domain/card.ts';
import { jailWords } from '../../domain/jail-words.ts';
import { type McpServer, speaksOutside } from '../../domain/mcp.ts';
import { type Coverage, undoWordsFor } from '../../domain/undo.ts';
import type { Placed } from './connections.ts';
import { mayWords } from './words.ts';

/** One call of a tool. */
export interface ToolUse {
  readonly tool: string;
  readonly server: McpServer;
  readonly input: Json;
}

/** What a person is shown about a call before it is made. `coverage` is of a folder that it may write in. */
export function callCard(
  { tool, server, input }: ToolUse,
  { jail }: Placed,
  coverage: Coverage | undefined,
): CardFacts {
  const lost = speaksOutside(server) ? 'what was sent cannot be taken back' : 'changes no files';
  return {
    kind: 'skill',
    words: [`Use the tool ${tool} of the MCP server ${server.name}`, JSON.stringify(input)],
    ...(jail && server.jail !== undefined ? { folder: jail.folder } : {}),
    ...(jail ? { jail: jailWords(jail) } : {}),
    may: mayWords(server),
    undo: coverage ? undoWordsFor(coverage) : lost,
  };
}
