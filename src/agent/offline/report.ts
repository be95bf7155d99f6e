import type { Json } from '../../base/json.ts';
import type { ToolCall, TranscriptItem } from '../../domain/session.ts';
import { AGENT_ASK } from '../ask-tool.ts';
import { NOTHING_PRINTED } from '../output-text.ts';
import { refusalOf } from '../progress.ts';

type ToolItem = TranscriptItem & { readonly role: 'tool' };

/** The reply made of what came of a turn's calls; `items` are those of the turn. */
export function reportOf(items: readonly TranscriptItem[]): string {
  const calls = items.flatMap((item) => (item.role === 'assistant' ? item.calls : []));
  return items
    .filter((item): item is ToolItem => item.role === 'tool')
    .map((item) =>
      resultText(
        item,
        calls.find(({ id }) => id === item.call),
      ),
    )
    .join('\n\n');
}

function resultText(item: ToolItem, call: ToolCall | undefined): string {
  const deed = deedOf(item.tool, call?.input ?? null);
  switch (refusalOf(item)) {
    case undefined:
      return item.text === NOTHING_PRINTED && isSearch(call) ? 'There is none.' : item.text;
    case 'failed':
      return item.text;
    case 'denied':
      return `You said no, so I did not ${deed}.`;
    case 'expired':
      return `Nobody answered in time, so I did not ${deed}. Ask again if you still want it.`;
    case 'policy':
    case 'blocked':
    case 'limited':
    case 'halted':
      return `I did not ${deed}. ${item.text}`;
    case 'uncertain':
      return `I cannot tell whether I could ${deed}: I was interrupted. Look before you ask again; /runs tells how you settle it.\n${item.text}`;
    case 'stopped':
      return `Stopped: I did not ${deed} to the end.`;
  }
}

function isSearch(call: ToolCall | undefined): boolean {
  const { argv } = (call?.input ?? {}) as { readonly argv?: readonly string[] };
  return argv?.[0] === 'find' && argv.at(-1) === '-print';
}

function deedOf(tool: string, input: Json): string {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return `use ${tool}`;
  const { argv, line, path, url, agent } = input as { readonly [key: string]: Json };
  if (Array.isArray(argv)) return `run: ${argv.join(' ')}`;
  if (typeof line === 'string') return `run: ${line}`;
  if (tool === AGENT_ASK) return `ask ${String(agent)}`;
  if (tool === 'net_fetch') return `fetch ${String(url)}`;
  if (tool === 'file_receive') return 'save the file';
  if (tool === 'file_send') return `send ${String(path)}`;
  if (Object.hasOwn(MEMORY, tool)) return MEMORY[tool] ?? tool;
  if (tool === 'file_write' && typeof path === 'string') return `write ${path}`;
  return typeof path === 'string' ? `read ${path}` : `use ${tool}`;
}

const MEMORY: Readonly<Record<string, string>> = {
  memory_write: 'remember that',
  memory_search: 'look what I remember',
  memory_forget: 'forget that',
};
