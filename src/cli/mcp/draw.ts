import { unmix, visible } from '../../base/visible.ts';
import type { McpListing, McpPlan } from '../../domain/mcp.ts';
import { dayOf } from '../agents/draw.ts';
import type { Style } from '../out/style.ts';

const MOST_WORDS = 300;

/** A server, what it may touch, and its approved tools. */
export function serverLines(server: McpListing, style: Style): readonly string[] {
  const { name, state, why, where, may, tools, approved, isOpen } = server;
  const since = approved ? `, approved ${dayOf(approved.at)} by ${visible(approved.by)}` : '';
  const words =
    state === 'ready' ? `ready${isOpen ? ', open' : ''}` : `waits for your approval: ${why}`;
  return [
    `${style.bold(name)}   ${words}`,
    style.dim(`  ${where}${since}`),
    ...may.map((line) => `  may ${line}`),
    ...tools.map(
      ({ tool, complexity, classified, description }) =>
        `  ${complexity}${classified ? ' ' : '?'} ${shown(tool)}: ${shown(clipped(description))}`,
    ),
  ];
}

/** What approving a server would mean, as lines to read before a yes. */
export function planLines(plan: McpPlan, style: Style): readonly string[] {
  const { server, known, tools, diff, warnings } = plan;
  return [
    ...serverLines({ ...server, tools: [] }, style),
    '',
    `It says that it has ${tools.filter(({ change }) => change !== 'removed').length} tools:`,
    ...tools.flatMap(({ name, description, input, annotations, digest, change }) => [
      `  ${style.bold(shown(name))}   ${change === 'same' ? '' : markOf(change, known)}${style.dim(digest.slice(0, 12))}`,
      `    ${shown(description)}`,
      `    takes: ${shown(JSON.stringify(input))}`,
      ...(annotations === null
        ? []
        : [style.dim(`    says of itself: ${shown(clipped(JSON.stringify(annotations)))}`)]),
    ]),
    ...(diff === '' ? [] : ['', ...diff.split('\n').map(unmix)]),
    ...warnings.map((line) => style.bad(`! ${line}`)),
  ];
}

const markOf = (change: string, known: boolean): string => (known ? `${change}   ` : '');

const shown = (text: string): string => unmix(visible(text));

const clipped = (text: string): string =>
  text.length <= MOST_WORDS ? text : `${text.slice(0, MOST_WORDS - 1).toWellFormed()}…`;
