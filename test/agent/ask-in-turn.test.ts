import { describe, expect, it } from 'vitest';
import { askInTurn } from '../../src/agent/ask-in-turn.ts';
import type { Intent, Outcome } from '../../src/domain/action.ts';
import type { CompletionRequest, ModelMessage } from '../../src/domain/completion.ts';

const answer: Outcome = { ok: true, value: { text: 'Here.', calls: [], usage: {} } };
const away = (words = 'a cannot be reached'): Outcome => ({
  ok: false,
  reason: 'blocked',
  ending: 'start',
  message: words,
});
const refused: Outcome = { ok: false, reason: 'failed', message: 'a refused (401)' };
const secret: Outcome = { ok: false, reason: 'policy', message: 'marked private' };

const thoughtful = (model: string): ModelMessage => ({
  role: 'assistant',
  text: 'x',
  calls: [],
  provider: { model, parts: [] },
});

async function ask(outcomes: Readonly<Record<string, Outcome>>, says?: string) {
  const intents: Intent[] = [];
  const passed: string[] = [];
  const { outcome, by } = await askInTurn(
    {
      perform: async (intent, options) => {
        intents.push(intent);
        const { model } = intent.resource as unknown as CompletionRequest;
        if (says === model) options?.onUpdate?.({ stream: 'text', text: 'Well' });
        return outcomes[model] ?? answer;
      },
      model: 'p/a',
      fallbacks: ['p/b', 'p/c'],
      onPassedOver: (model) => passed.push(model),
    },
    {
      id: 'e1:model-0',
      context: {},
      onText: () => undefined,
      request: { system: '', tools: [], messages: ['p/a', 'p/b'].map(thoughtful) },
    },
    new AbortController().signal,
  );
  const asked = intents.map(({ resource }) => (resource as unknown as CompletionRequest).model);
  return { outcome, by, intents, asked, passed };
}

describe('where a model cannot answer', () => {
  it.each([
    ['it answered', {}, undefined, ['p/a'], 'p/a'],
    ['it cannot be reached', { 'p/a': away() }, undefined, ['p/a', 'p/b'], 'p/b'],
    [
      'the second may not be shown it',
      { 'p/a': away(), 'p/b': secret },
      undefined,
      ['p/a', 'p/b', 'p/c'],
      'p/c',
    ],
    [
      'the second has no key',
      { 'p/a': away(), 'p/b': refused },
      undefined,
      ['p/a', 'p/b', 'p/c'],
      'p/c',
    ],
    [
      'its key is wrong, which is nobody else’s to mend',
      { 'p/a': refused },
      undefined,
      ['p/a'],
      'p/a',
    ],
    ['it may not be shown it', { 'p/a': secret }, undefined, ['p/a'], 'p/a'],
    ['it had said something', { 'p/a': away() }, 'p/a', ['p/a'], 'p/a'],
    [
      'the second broke off in the middle',
      { 'p/a': away(), 'p/b': refused },
      'p/b',
      ['p/a', 'p/b'],
      'p/a',
    ],
  ] as const)('the next is asked, or not: %s', async (_, outcomes, says, asked, by) => {
    const result = await ask(outcomes, says);
    expect([result.asked, result.by]).toEqual([asked, by]);
  });

  it('each is asked under an id of its own, and told only what it said itself', async () => {
    const { intents, passed } = await ask({ 'p/a': away() });
    expect(intents.map(({ id }) => id)).toEqual(['e1:model-0-1', 'e1:model-0~1-1']);
    const told = intents.map(({ resource }) =>
      (resource as unknown as CompletionRequest).messages.map(
        (message) => message.role === 'assistant' && message.provider?.model,
      ),
    );
    expect(told).toEqual([
      ['p/a', undefined],
      [undefined, 'p/b'],
    ]);
    expect(passed).toEqual(['p/a']);
  });

  it('where nobody answers, the failure of each is told', async () => {
    const { outcome } = await ask({ 'p/a': away(), 'p/b': refused, 'p/c': secret });
    expect(outcome).toMatchObject({ ok: false, reason: 'blocked' });
    const words = outcome.ok ? '' : outcome.message;
    expect(words).toBe('a cannot be reached\np/b: a refused (401)\np/c: marked private');
  });
});
