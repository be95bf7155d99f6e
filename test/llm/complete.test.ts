import { describe, expect, it } from 'vitest';
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

const llm = (): Action =>
  createLlm({
    ...records,
    key: async () => 'key',
    models: { openai: { baseUrl: 'https://models.example/v1' } },
  });

const asking = (model: string, messages: readonly ModelMessage[]): CompletionRequest => ({
  model,
  system: 'You are atom.',
  messages,
  tools: [],
});

async function complete(action: Action, request: CompletionRequest) {
  const prepared = await action.prepare(request as unknown as Json, undefined);
  const resource = prepared.resource;
  const grant = issue({
    complexity: 1,
    digest: '',
    prepared,
    request: {
      id: 'r1',
      action: action.name,
      resource,
      context: {},
      labels: cleanLabels,
      principal: { kind: 'agent', id: 'atom' },
    },
  });
  return action.execute(grant, new AbortController().signal, () => undefined);
}

async function failure(promise: Promise<unknown>): Promise<AtomError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AtomError) return thrown;
  throw new Error('it did not fail in words', { cause: thrown });
}

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
  });

  it('shows on its card where the conversation goes', async () => {
    const user: ModelMessage = { role: 'user', text: 'hello' };
    const { card } = await llm().prepare(asking('openai/x', [user]) as unknown as Json, undefined);
    expect(card).toMatchObject({ kind: 'model', words: ['Ask openai/x'] });
    expect(card.may.join()).toContain('https://models.example');
  });
});
