import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Json } from '../../src/base/json.ts';
import type { Action } from '../../src/domain/action.ts';
import type { CompletionRequest, ModelMessage } from '../../src/domain/completion.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { heldClock, storeForAll } from '../store/fresh.ts';

const steady = heldClock();
const records = { store: await storeForAll(), steady, metrics: createMetrics(steady) };
const KEY = 'sk-very-secret-key';
let server: LLMock;
beforeEach(async () => {
  server = new LLMock({ port: 0, chunkSize: 4 });
  await server.start();
});
afterEach(() => server.stop());

const llm = (key: string | undefined = KEY): Action =>
  createLlm({
    ...records,
    key: async () => key,
    models: {
      anthropic: { baseUrl: `${server.url}/v1` },
      openai: { baseUrl: `${server.url}/v1` },
      local: { baseUrl: `${server.url}/v1` },
    },
  });

const tools = [
  {
    name: 'file_read',
    description: 'Read a file.',
    input: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
];

const asking = (model: string, messages: readonly ModelMessage[]): CompletionRequest => ({
  model,
  system: 'You are atom.',
  messages,
  tools,
});

async function complete(
  action: Action,
  request: CompletionRequest,
  watch: { readonly signal: AbortSignal; readonly onUpdate: () => void } = {
    signal: new AbortController().signal,
    onUpdate: () => undefined,
  },
) {
  const prepared = await action.prepare(request as unknown as Json, undefined);
  const resource = prepared.resource;
  const grant = issue({
    complexity: 1,
    digest: '',
    prepared,
    request: {
      ...{ id: 'r1', action: action.name, resource, context: {}, labels: cleanLabels },
      principal: { kind: 'agent', id: 'atom' },
    },
  });
  const streamed: string[] = [];
  const value = await action.execute(grant, watch.signal, ({ text }) => {
    streamed.push(text);
    watch.onUpdate();
  });
  return { value, streamed };
}

async function failure(promise: Promise<unknown>): Promise<AtomError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AtomError) return thrown;
  throw new Error('it did not fail in words', { cause: thrown });
}

describe.each(['anthropic/claude-test', 'openai/gpt-test', 'local/llama-test'])('%s', (model) => {
  it('streams its answer and counts its tokens', async () => {
    server.onMessage('hello', { content: 'Good morning to you.' });
    const { value, streamed } = await complete(
      llm(),
      asking(model, [{ role: 'user', text: 'hello' }]),
    );
    expect(value).toMatchObject({ text: 'Good morning to you.', calls: [] });
    expect(streamed.length).toBeGreaterThan(1);
    expect(streamed.join('')).toBe('Good morning to you.');
    expect(value).toMatchObject({
      usage: { input: expect.any(Number), output: expect.any(Number) },
    });
  });

  it('asks for a tool, is told what came of it, and answers', async () => {
    server.on(
      { userMessage: 'what do my notes say', hasToolResult: false },
      { toolCalls: [{ id: 'call_1', name: 'file_read', arguments: '{"path":"notes.txt"}' }] },
    );
    server.on({ hasToolResult: true, toolResultContains: 'milk' }, { content: 'To buy milk.' });
    const user: ModelMessage = { role: 'user', text: 'what do my notes say' };
    const first = await complete(llm(), asking(model, [user]));
    const call = { id: 'call_1', tool: 'file_read', input: { path: 'notes.txt' } };
    expect(first.value).toMatchObject({ calls: [call] });
    const second = await complete(
      llm(),
      asking(model, [
        user,
        { role: 'assistant', text: '', calls: [call] },
        { role: 'tool', results: [{ call: 'call_1', tool: 'file_read', text: 'buy milk' }] },
      ]),
    );
    expect(second.value).toMatchObject({ text: 'To buy milk.', calls: [] });
    const sent = JSON.stringify(server.getLastRequest()?.body);
    expect(sent).toContain('You are atom.');
  });

  it('hands back arguments that cannot be read, and is told its history all the same', async () => {
    server.on(
      { userMessage: 'break', hasToolResult: false },
      { toolCalls: [{ id: 'call_1', name: 'file_read', arguments: '{"path": not json' }] },
    );
    server.on({ hasToolResult: true }, { content: 'Sorry.' });
    const user: ModelMessage = { role: 'user', text: 'break' };
    const { value } = await complete(llm(), asking(model, [user]));
    const [call] = (value as { calls: { id: string; tool: string; input: Json }[] }).calls;
    expect(call).toMatchObject({ tool: 'file_read' });
    expect(call?.input).not.toMatchObject({ path: expect.anything() });
    const again = await complete(
      llm(),
      asking(model, [
        user,
        { role: 'assistant', text: '', calls: call ? [call] : [] },
        { role: 'tool', results: [{ call: 'call_1', tool: 'file_read', text: 'wrong' }] },
      ]),
    );
    expect(again.value).toMatchObject({ text: 'Sorry.' });
  });

  it('says in words that the key is refused, without showing it', async () => {
    server.nextRequestError(401, { message: `Incorrect key ${KEY}`, type: 'authentication_error' });
    const error = await failure(complete(llm(), asking(model, [{ role: 'user', text: 'hello' }])));
    expect(error.code).toBe('credentials');
    expect(error.message).toContain('401');
    expect(error.message).toContain('Incorrect key');
    expect(`${error.message}${error.next.join()}`).not.toContain(KEY);
    expect(error.next.length).toBeGreaterThan(0);
  });

  it('stops in the middle of an answer', async () => {
    server.onMessage('long', { content: 'word '.repeat(500) }, { latency: 20 });
    const controller = new AbortController();
    const reason = new Error('the owner said stop');
    const stopped = complete(llm(), asking(model, [{ role: 'user', text: 'long' }]), {
      signal: controller.signal,
      onUpdate: () => controller.abort(reason),
    });
    await expect(stopped).rejects.toBe(reason);
  });
});

describe('asking a model', () => {
  it('names the one that cannot be reached', async () => {
    const away = createLlm({
      ...records,
      key: async () => undefined,
      models: { local: { baseUrl: 'http://127.0.0.1:1/v1' } },
    });
    const error = await failure(
      complete(away, asking('local/llama', [{ role: 'user', text: 'hello' }])),
    );
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(error.next.join()).toContain('model server');
  });

  it('needs a key, except from a local one', async () => {
    const keyless = createLlm({ ...records, key: async () => undefined, models: {} });
    const error = await failure(
      complete(keyless, asking('anthropic/claude', [{ role: 'user', text: 'hello' }])),
    );
    expect(error).toMatchObject({ code: 'credentials' });
  });

  it('is refused before anything is sent where the model or the request is not one', async () => {
    const user: ModelMessage = { role: 'user', text: 'hello' };
    expect(
      await failure(llm().prepare(asking('gpt', [user]) as unknown as Json, undefined)),
    ).toMatchObject({ code: 'config' });
    expect(
      await failure(llm().prepare(asking('constructor/x', [user]) as unknown as Json, undefined)),
    ).toMatchObject({ code: 'config' });
    expect(await failure(llm().prepare({ model: 'openai/x' }, undefined))).toMatchObject({
      code: 'usage',
    });
    expect(server.getRequests()).toHaveLength(0);
  });

  it('shows on its card where the conversation goes', async () => {
    const user: ModelMessage = { role: 'user', text: 'hello' };
    const { card } = await llm().prepare(asking('openai/x', [user]) as unknown as Json, undefined);
    expect(card).toMatchObject({ kind: 'model', words: ['Ask openai/x'] });
    expect(card.may.join()).toContain(server.url);
  });
});
