import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Completion, CompletionRequest, ModelMessage } from '../../src/domain/completion.ts';
import { createLlm } from '../../src/llm/complete.ts';
import type { ModelSettings } from '../../src/llm/place.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { until } from '../flows/stage/until.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { askOnGrant, type Watch } from './ask-on-grant.ts';
import { formats } from './formats.ts';
import { openTap } from './tap.ts';

const KEY = 'sk-very-secret-key';
const server = new LLMock({ port: 0, chunkSize: 4 });
beforeAll(() => server.start());
afterAll(() => server.stop());

let tap: Awaited<ReturnType<typeof openTap>>;
beforeEach(async () => {
  tap = await openTap(server.url);
});
afterEach(() => {
  tap.close();
  server.reset();
});

const tools: CompletionRequest['tools'] = [
  {
    name: 'file_read',
    description: 'Read a file.',
    input: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
];

/** Asks through the action, as the governor does. */
async function ask(
  models: ModelSettings,
  request: Pick<CompletionRequest, 'model' | 'messages'>,
  watch: Watch = {},
): Promise<Completion> {
  const { store } = await freshStore();
  const steady = heldClock();
  const llm = createLlm({
    store,
    steady,
    metrics: createMetrics(steady),
    models,
    key: async () => KEY,
  });
  return askOnGrant(llm, { ...request, system: 'You are atom.', tools }, watch);
}

const says = (text: string): ModelMessage => ({ role: 'user', text });

/** What the model is told next, where each call came to `text`. */
const told = ({ text, calls, provider }: Completion, result = 'milk'): readonly ModelMessage[] => [
  { role: 'assistant', text, calls, ...(provider && { provider }) },
  { role: 'tool', results: calls.map(({ id, tool }) => ({ call: id, tool, text: result })) },
];

async function failure(promise: Promise<unknown>): Promise<AtomError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AtomError) return thrown;
  throw new Error('it did not fail in words', { cause: thrown });
}

/** What Google's errors have besides. */
const GOOGLE = { code: 4, status: 'REFUSED' };

describe.each(formats)('$name', ({ model, settings, thoughtful, wanted }) => {
  const [provider = ''] = model.split('/');

  it('streams, calls two tools at once, is told what came of both, and answers', async () => {
    const calls = ['a', 'b'].map((path, n) => ({
      id: `call_${n}`,
      name: 'file_read',
      arguments: JSON.stringify({ path }),
    }));
    server.on(
      { userMessage: 'both', hasToolResult: false },
      { content: 'I look.', toolCalls: calls },
    );
    server.on({ userMessage: 'both', hasToolResult: true }, { content: 'Milk and eggs.' });
    const heard: string[] = [];
    const onText = (text: string): void => void heard.push(text);
    const first = await ask(settings(tap.here), { model, messages: [says('both')] }, { onText });
    expect(first.calls.map(({ tool, input }) => [tool, input])).toEqual([
      ['file_read', { path: 'a' }],
      ['file_read', { path: 'b' }],
    ]);
    expect([heard.join(''), heard.length > 1]).toEqual(['I look.', true]);
    const messages = [says('both'), ...told(first, 'what-it-says')];
    expect(await ask(settings(tap.here), { model, messages })).toMatchObject({
      text: 'Milk and eggs.',
      calls: [],
      usage: { input: expect.any(Number), output: expect.any(Number) },
    });
    expect(tap.bodies[1]?.split('what-it-says')).toHaveLength(3);
    expect(tap.bodies.join()).not.toContain(KEY);
  });

  it('is given back its own thoughts as it sealed them, and another model is not', async () => {
    tap.next(thoughtful);
    const first = await ask(settings(tap.here), { model, messages: [says('think')] });
    expect(first.calls).toMatchObject([{ tool: 'file_read', input: { path: 'a' } }]);
    expect(first.text).toBe('');
    server.onMessage('think', { content: 'Done.' });
    const messages = [says('think'), ...told(first)];
    await ask(settings(tap.here), { model, messages });
    expect(tap.bodies[1]).toContain(wanted);
    await ask(settings(tap.here), { model: `${model}-other`, messages });
    expect(tap.bodies[2]).toContain('milk');
    expect(tap.bodies[2]).not.toContain(wanted);
  });

  it('stops in the middle of an answer: the provider sees its socket closed, and no word comes after', async () => {
    server.onMessage('long', { content: 'word '.repeat(500) }, { latency: 5 });
    const stop = new AbortController();
    const reason = new Error('the owner said stop');
    const order: string[] = [];
    const left = tap.whenLeft().then(() => order.push('left'));
    const onText = (): void => {
      order.push('word');
      stop.abort(reason);
    };
    const watch = { signal: stop.signal, onText };
    const asked = ask(settings(tap.here), { model, messages: [says('long')] }, watch);
    await expect(asked).rejects.toBe(reason);
    await left;
    // What the provider had on its way by then would have come with this answer.
    server.onMessage('next', { content: 'Next.' });
    await ask(settings(tap.here), { model, messages: [says('next')] });
    expect(order).toEqual(['word', 'left']);
  });

  it('stops also where the provider does not say anything', async () => {
    tap.next({
      status: 200,
      body: ': nothing yet\n\n',
      headers: { 'content-type': 'text/event-stream' },
      hangs: true,
    });
    const stop = new AbortController();
    const asked = ask(
      settings(tap.here),
      { model, messages: [says('x')] },
      { signal: stop.signal },
    );
    await until('it is asked', () => tap.bodies.length === 1);
    stop.abort(new Error('stop'));
    await expect(asked).rejects.toThrow('stop');
    await until('the provider was left', () => tap.left() === 1);
  });

  it('says in words that the key is refused, without showing it', async () => {
    const refusal = { message: `Incorrect key ${KEY}`, type: 'authentication_error', ...GOOGLE };
    tap.next({ status: 401, body: JSON.stringify({ type: 'error', error: refusal }) });
    const error = await failure(ask(settings(tap.away), { model, messages: [says('x')] }));
    expect(error).toMatchObject({ code: 'credentials', quotes: provider });
    expect(error.message).toContain('Incorrect key (key)');
    expect(error.next.join()).toContain(`atom secrets set ${provider}.key`);
    expect(`${error.message}${error.next}`).not.toContain(KEY);
    expect(tap.bodies).toHaveLength(1);
  });

  it('is asked again once the time has passed that it asked for', async () => {
    server.onMessage('busy', { content: 'Here I am.' });
    const refusal = { message: 'Slow down', type: 'rate_limit_error', ...GOOGLE };
    const body = JSON.stringify({ type: 'error', error: refusal });
    tap.next({ status: 429, headers: { 'retry-after-ms': '5' }, body });
    expect((await ask(settings(tap.away), { model, messages: [says('busy')] })).text).toBe(
      'Here I am.',
    );
    expect(tap.bodies).toHaveLength(2);
    tap.next({ status: 429, headers: { 'retry-after': '3600' }, body });
    const error = await failure(ask(settings(tap.away), { model, messages: [says('busy')] }));
    // What could not be begun is what another model may be asked for.
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Slow down'),
    });
  });

  it('that breaks off after a word is not asked again, and its failure says so', async () => {
    server.onMessage('torn', { content: 'word '.repeat(400) }, { latency: 5 });
    const watch = { onText: () => tap.cut() };
    const error = await failure(
      ask(settings(tap.away), { model, messages: [says('torn')] }, watch),
    );
    expect(error).toMatchObject({ code: 'failed', elsewhere: false });
    expect(error.message).toContain('broke off its answer');
    expect(tap.bodies).toHaveLength(1);
  });

  it('that a proxy in between cannot reach is asked again', async () => {
    server.onMessage('torn', { content: 'Whole.' });
    tap.next({ status: 502, headers: { 'retry-after-ms': '5' }, body: 'a proxy says no' });
    expect((await ask(settings(tap.away), { model, messages: [says('torn')] })).text).toBe(
      'Whole.',
    );
  });

  it.each([
    ['never begins', { first: 0.05 }, 0, 'too long to begin', true],
    ['falls silent', { idle: 0.05 }, 1, 'fell silent', false],
    // A slow machine may not have seen a word by then.
    ['never ends', { whole: 0.3 }, 1, 'come to an end', expect.any(Boolean)],
  ] as const)('that %s is waited for only so long', async (_, wait, words, why, elsewhere) => {
    if (words === 0)
      tap.next({
        status: 200,
        body: ': x\n\n',
        headers: { 'content-type': 'text/event-stream' },
        hangs: true,
      });
    // One word at once, the next one late or never.
    server.onMessage(
      'slow',
      { content: 'word '.repeat(400) },
      {
        ...('idle' in wait ? { streamingProfile: { ttft: 1, tps: 2 } } : { latency: 5 }),
      },
    );
    const set = settings(tap.here);
    const models = {
      ...set,
      [provider]: { ...set[provider], waitSeconds: { first: 30, idle: 30, ...wait } },
    };
    const error = await failure(ask(models, { model, messages: [says('slow')] }));
    expect(error).toMatchObject({
      code: 'failed',
      elsewhere,
      message: expect.stringContaining(why),
    });
    expect(error.next.join()).toContain(`models.${provider}.waitSeconds.`);
  });
});

const garbledFormats = formats.flatMap(({ garbled, ...format }) =>
  garbled ? [{ ...format, garbled }] : [],
);

it.each(garbledFormats)(
  '$name hands back arguments that cannot be read, and is told its history all the same',
  async ({ model, settings, garbled }) => {
    tap.next(garbled);
    const first = await ask(settings(tap.here), { model, messages: [says('break')] });
    const unread = { tool: 'file_read', input: expect.stringContaining('{') };
    expect(first.calls).toMatchObject([unread]);
    server.onMessage('break', { content: 'Sorry.' });
    const messages = [says('break'), ...told(first)];
    expect((await ask(settings(tap.here), { model, messages })).text).toBe('Sorry.');
  },
);
