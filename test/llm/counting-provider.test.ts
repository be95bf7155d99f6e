import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

/** An answer as each provider streams it, with its own words for what came from its cache and what it thought. */
const ANSWERS: Readonly<Record<string, readonly Json[]>> = {
  'local/llama': [
    { choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi.' } }] },
    {
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 1000,
        completion_tokens: 50,
        total_tokens: 1050,
        prompt_tokens_details: { cached_tokens: 900 },
        completion_tokens_details: { reasoning_tokens: 40 },
      },
    },
  ],
  'anthropic/claude-test': [
    {
      type: 'message_start',
      message: {
        id: 'm',
        type: 'message',
        role: 'assistant',
        model: 'claude-test',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 100, cache_read_input_tokens: 900, output_tokens: 1 },
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi.' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 50 },
    },
    { type: 'message_stop' },
  ],
};

async function provider(answer: readonly Json[]): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of answer) {
      const { type } = chunk as { readonly type?: string };
      response.write(`${type ? `event: ${type}\n` : ''}data: ${JSON.stringify(chunk)}\n\n`);
    }
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

it.each([
  ['local/llama', { input: 1000, output: 50, cached: 900, reasoning: 40 }],
  // All that was asked, the cached part as well, whatever the provider's own sums leave out.
  ['anthropic/claude-test', { input: 1000, output: 50, cached: 900 }],
] as const)(
  '%s: what came from a cache and what was thought is counted where it is said',
  async (model, usage) => {
    const { store } = await freshStore();
    const steady = heldClock();
    const baseUrl = await provider(ANSWERS[model] ?? []);
    const models = { local: { baseUrl }, anthropic: { baseUrl } };
    const llm = createLlm({
      store,
      steady,
      metrics: createMetrics(steady),
      models,
      key: async () => 'sk-none',
    });
    const request = { model, system: '', messages: [{ role: 'user', text: 'hello' }], tools: [] };
    const prepared = await llm.prepare(request, undefined);
    const grant = issue({
      complexity: 1,
      digest: '',
      prepared,
      request: {
        id: 'r1',
        action: llm.name,
        resource: prepared.resource,
        context: {},
        labels: cleanLabels,
        principal: { kind: 'agent', id: 'atom' },
      },
    });
    const answer = await llm.execute(grant, new AbortController().signal, () => undefined);
    expect(answer).toMatchObject({ text: 'Hi.', usage });
  },
);
