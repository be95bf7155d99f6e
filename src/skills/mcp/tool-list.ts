import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import { canonical, type Json, wellFormed } from '../../base/json.ts';
import { schemaWords } from '../../base/schema-words.ts';
import { visible } from '../../base/visible.ts';
import { type McpTool, mcpToolName } from '../../domain/mcp.ts';

const MOST_TOOLS = 128;
/** Of all of them together. */
const MOST_TEXT = 512 * 1024;

const shape = z.object({
  name: z.string().min(1).max(128),
  title: z.string().max(1000).optional(),
  description: z.string().max(50_000).default(''),
  inputSchema: z.record(z.string(), z.json()),
  annotations: z.json().default(null),
});

/** The tools that a server named. Throws AtomError `failed` for a list that nobody could look through. */
export function readTools(server: string, raw: readonly unknown[]): readonly McpTool[] {
  if (raw.length > MOST_TOOLS)
    throw wrong(server, `it names ${raw.length} tools, more than ${MOST_TOOLS}`);
  const tools = raw.map((one) => toolFrom(server, one));
  const twice = tools.find(
    ({ name }, at) => tools.findIndex((one) => alike(server, one, name)) < at,
  );
  if (twice) throw wrong(server, `it names ${visible(twice.name)} twice`);
  if (canonical(tools as unknown as Json).length > MOST_TEXT)
    throw wrong(server, 'it says too much of its tools');
  return tools.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const alike = (server: string, tool: McpTool, name: string): boolean =>
  mcpToolName(server, tool.name) === mcpToolName(server, name);

function toolFrom(server: string, raw: unknown): McpTool {
  const parsed = shape.safeParse(raw);
  if (!parsed.success)
    throw wrong(server, `one of its tools cannot be read: ${schemaWords(parsed.error)}`);
  const { name, title, description, inputSchema, annotations } = parsed.data;
  return wellFormed({
    name,
    description,
    annotations: annotations as Json,
    input: inputSchema as Json,
    ...(title === undefined ? {} : { title }),
  }) as unknown as McpTool;
}

const wrong = (server: string, what: string): AtomError =>
  new AtomError('failed', `The tools of ${server} cannot be used: ${what}.`);
