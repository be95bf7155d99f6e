import type { ModelMessage, ModelToolResult } from '../domain/completion.ts';
import type { ToolCall, TranscriptItem } from '../domain/session.ts';

/**
 * A conversation as models take it: every call is followed by exactly one result, whatever happened
 * to the turn it belongs to, and what atom noted is told as the owner's side of the conversation.
 */
export function modelMessages(transcript: readonly TranscriptItem[]): readonly ModelMessage[] {
  const messages: ModelMessage[] = [];
  for (const [index, item] of transcript.entries()) {
    if (item.role === 'user')
      messages.push({ role: 'user', text: item.text.trim() || '(no text)' });
    if (item.role === 'note') messages.push({ role: 'user', text: `(atom notes: ${item.text})` });
    if (item.role === 'assistant' && (item.text !== '' || item.calls.length > 0)) {
      const { text, calls, provider } = item;
      messages.push({ role: 'assistant', text, calls, ...(provider && { provider }) });
      if (item.calls.length > 0) messages.push(resultsOf(item.calls, transcript.slice(index + 1)));
    }
  }
  return joined(messages);
}

function resultsOf(calls: readonly ToolCall[], after: readonly TranscriptItem[]): ModelMessage {
  const until = after.findIndex((item) => item.role === 'assistant');
  const mine = until < 0 ? after : after.slice(0, until);
  return { role: 'tool', results: calls.map((call) => resultOf(call, mine)) };
}

function resultOf({ id, tool }: ToolCall, items: readonly TranscriptItem[]): ModelToolResult {
  const result = items.find((item) => item.role === 'tool' && item.call === id);
  if (result?.role !== 'tool') return { call: id, tool, text: 'Not done: the turn was stopped.' };
  return { call: id, tool, text: result.ok ? result.text : `Not done, or failed: ${result.text}` };
}

/** Two messages of the owner in a row are one: some providers take them only in turns. */
function joined(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const all: ModelMessage[] = [];
  for (const message of messages) {
    const last = all.at(-1);
    if (last?.role !== 'user' || message.role !== 'user') all.push(message);
    else all[all.length - 1] = { role: 'user', text: `${last.text}\n${message.text}` };
  }
  return all;
}
