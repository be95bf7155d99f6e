import { unifiedDiff } from '../../base/diff.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import {
  type McpApproval,
  type McpListing,
  type McpPlan,
  type McpServer,
  type McpTool,
  mcpPin,
  toolDigest,
} from '../../domain/mcp.ts';
import { hides } from '../trust/hides.ts';
import { shownDescription, shownSchema } from './shown-tool.ts';
import { mayWords } from './words.ts';

/** What a server said of itself when it was last asked. */
export interface Seen {
  readonly server: McpServer;
  readonly tools: readonly McpTool[];
}

const DIFF_LINES = 200;

/** What approving what was seen would mean, beside what was approved before. */
export function planOf(
  listing: McpListing,
  { server, tools }: Seen,
  approval: McpApproval | undefined,
): McpPlan {
  return {
    server: listing,
    digest: mcpPin(server, tools),
    known: approval !== undefined,
    tools: changesOf(tools, approval?.tools ?? []),
    diff: approval ? diffOf({ server, tools }, approval) : '',
    warnings: warningsOf(tools),
  };
}

function changesOf(now: readonly McpTool[], before: readonly McpTool[]): McpPlan['tools'] {
  const rowOf = (tool: McpTool, change: McpPlan['tools'][number]['change']) => ({
    name: tool.name,
    annotations: tool.annotations,
    description: shownDescription(tool),
    input: shownSchema(tool.input),
    digest: toolDigest(tool),
    change,
  });
  const gone = before.filter(({ name }) => now.every((one) => one.name !== name));
  return [
    ...now.map((tool) => {
      const then = before.find(({ name }) => name === tool.name);
      const isSame = then !== undefined && toolDigest(then) === toolDigest(tool);
      return rowOf(tool, then === undefined ? 'new' : isSame ? 'same' : 'changed');
    }),
    ...gone.map((tool) => rowOf(tool, 'removed')),
  ];
}

function diffOf(now: Seen, before: Seen): string {
  const diff = unifiedDiff(textOf(before), textOf(now));
  if (diff === '') return '';
  const lines = visibleBlock(diff).split('\n');
  const more = lines.length - DIFF_LINES;
  return [...lines.slice(0, DIFF_LINES), ...(more > 0 ? [`… ${more} more lines`] : [])].join('\n');
}

/** All that is approved of a server, a thing a line. */
const textOf = ({ server, tools }: Seen): string =>
  `${[...mayWords(server), server.command?.join(' ') ?? server.url ?? '', ...tools.flatMap(linesOf)].join('\n')}\n`;

const linesOf = ({ name, title, description, input, annotations }: McpTool): readonly string[] => [
  '',
  `tool ${name}`,
  ...(title === undefined ? [] : [`title: ${title}`]),
  ...description.split('\n'),
  ...JSON.stringify(input, null, 1).split('\n'),
  ...(annotations === null ? [] : [`says of itself: ${JSON.stringify(annotations)}`]),
];

function warningsOf(tools: readonly McpTool[]): readonly string[] {
  const hidden = tools.filter((tool) => hides(JSON.stringify(Object.values(tool))));
  return hidden.length === 0
    ? []
    : [
        `Signs that nobody sees, or that turn text around, are in ${hidden
          .slice(0, 5)
          .map(({ name }) => visible(name))
          .join(', ')}`,
      ];
}
