import type { Json } from '../../src/base/json.ts';
import type { ModelSettings } from '../../src/llm/place.ts';
import { events, type Next } from './tap.ts';

/** A wire format, and what is its own about it. */
export interface Format {
  readonly name: string;
  readonly model: string;
  settings(server: string): ModelSettings;
  /** An answer with a thought that the provider wants back, and one call; `id` names the call. */
  readonly thoughtful: Next;
  /** What must be in the next request to the same model, and in none to another. */
  readonly wanted: string;
  /** A call whose arguments are no JSON; undefined where nobody is handed such a one. */
  readonly garbled: Next | undefined;
}

const one = (text: string): Next => ({ status: 200, body: text });

const chunk = (delta: object, rest: object = {}): object => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
});
const chatCall = (text: string): object =>
  chunk({
    tool_calls: [
      {
        index: 0,
        id: 'call_1',
        type: 'function',
        function: { name: 'file_read', arguments: text },
      },
    ],
  });
const chatEnd = chunk({}, { finish_reason: 'tool_calls' });
const chatBody = (...deltas: readonly object[]): Next =>
  one(`${events(...deltas, chatEnd)}data: [DONE]\n\n`);

const responsesBody = (args: string): Next => {
  const thought = {
    type: 'reasoning',
    id: 'rs_1',
    summary: [],
    encrypted_content: 'SEALED-BY-OPENAI',
  };
  const call = {
    type: 'function_call',
    id: 'fc_1',
    call_id: 'call_1',
    name: 'file_read',
    arguments: args,
    status: 'completed',
  };
  const response = { id: 'resp_1', created_at: 1, model: 'm', service_tier: null };
  return one(
    events(
      { type: 'response.created', response },
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { ...thought, encrypted_content: null },
      },
      { type: 'response.output_item.done', output_index: 0, item: thought },
      { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
      {
        type: 'response.function_call_arguments.delta',
        item_id: 'fc_1',
        output_index: 1,
        delta: args,
      },
      { type: 'response.output_item.done', output_index: 1, item: call },
      {
        type: 'response.completed',
        response: { ...response, usage: { input_tokens: 7, output_tokens: 5 } },
      },
    ),
  );
};

const anthropicBody = (args: string): Next =>
  one(
    events(
      {
        type: 'message_start',
        message: {
          id: 'm',
          model: 'm',
          role: 'assistant',
          content: [],
          usage: { input_tokens: 7, output_tokens: 1 },
        },
      },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'thinking', thinking: '', signature: '' },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'signature_delta', signature: 'SIGNED-BY-ANTHROPIC' },
      },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 'call_1', name: 'file_read', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: args },
      },
      { type: 'content_block_stop', index: 1 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ),
  );

const geminiCall = {
  functionCall: { name: 'file_read', args: { path: 'a' } as Json },
  thoughtSignature: 'U0lHTkVELUJZLUdPT0dMRQ==',
};

export const formats: readonly Format[] = [
  {
    name: 'OpenAI responses',
    model: 'openai/gpt-5',
    settings: (server) => ({ openai: { baseUrl: `${server}/v1` } }),
    thoughtful: responsesBody('{"path":"a"}'),
    wanted: 'SEALED-BY-OPENAI',
    garbled: responsesBody('{"path": a'),
  },
  {
    name: 'OpenAI chat',
    model: 'other/thinker',
    settings: (server) => ({ other: { baseUrl: `${server}/v1` } }),
    thoughtful: chatBody(chunk({ reasoning_content: 'THOUGHT-IN-CHAT' }), chatCall('{"path":"a"}')),
    wanted: 'THOUGHT-IN-CHAT',
    garbled: chatBody(chatCall('{"path": a')),
  },
  {
    name: 'Anthropic messages',
    model: 'anthropic/claude-test',
    settings: (server) => ({ anthropic: { baseUrl: `${server}/v1` } }),
    thoughtful: anthropicBody('{"path":"a"}'),
    wanted: 'SIGNED-BY-ANTHROPIC',
    garbled: anthropicBody('{"path": a'),
  },
  {
    name: 'Google generateContent',
    model: 'google/gemini-3-pro-preview',
    settings: (server) => ({ google: { baseUrl: `${server}/v1beta` } }),
    thoughtful: one(
      events({
        candidates: [
          { content: { role: 'model', parts: [geminiCall] }, finishReason: 'STOP', index: 0 },
        ],
        usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 5, totalTokenCount: 12 },
      }),
    ),
    wanted: 'U0lHTkVELUJZLUdPT0dMRQ==',
    garbled: undefined,
  },
  {
    name: 'OpenRouter',
    model: 'openrouter/anthropic/claude-sonnet-4.5',
    settings: (server) => ({ openrouter: { baseUrl: `${server}/api/v1` } }),
    thoughtful: chatBody(
      chunk({
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm.', format: 'anthropic-claude-v1', index: 0 },
        ],
      }),
      chunk({
        reasoning_details: [
          {
            type: 'reasoning.text',
            signature: 'SIGNED-VIA-OPENROUTER',
            format: 'anthropic-claude-v1',
            index: 0,
          },
        ],
      }),
      chatCall('{"path":"a"}'),
    ),
    wanted: 'SIGNED-VIA-OPENROUTER',
    // Its SDK makes an empty object of them.
    garbled: undefined,
  },
];
