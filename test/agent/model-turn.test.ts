import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelPlanner } from '../../src/agent/model-planner.ts';
import type { Intent, Outcome, Perform } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import type { Meanwhile } from '../../src/domain/meanwhile.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { heldClock, storeForAll } from '../store/fresh.ts';
import { done, message, session, setStage } from './stage.ts';

let server: LLMock;
beforeAll(async () => {
  server = new LLMock({ port: 0 });
  await server.start();
});
afterAll(() => server.stop());

const steady = heldClock();
const records = { store: await storeForAll(), steady, metrics: createMetrics(steady) };

/** Everything is allowed: asks the model server, and pretends that every command printed a.txt. */
function allowing(ran: Intent[]): Perform {
  const models = {
    openai: { baseUrl: `${server.url}/v1` },
    anthropic: { baseUrl: `${server.url}/v1` },
    google: { baseUrl: `${server.url}/v1beta` },
    openrouter: { baseUrl: `${server.url}/api/v1` },
    other: { baseUrl: `${server.url}/v1` },
  };
  const llm = createLlm({ ...records, key: async () => 'key', models });
  return async (intent, options): Promise<Outcome> => {
    if (intent.action !== 'llm.complete') {
      ran.push(intent);
      return done('a.txt\n');
    }
    const prepared = await llm.prepare(intent.resource, undefined);
    const request = {
      ...intent,
      principal: { kind: 'agent', id: 'atom' },
      labels: cleanLabels,
    } as const;
    const grant = issue({ digest: '', prepared, request, complexity: 1 });
    const signal = AbortSignal.timeout(10_000);
    const value = await llm.execute(grant, signal, options?.onUpdate ?? (() => undefined));
    return { ok: true, value };
  };
}

const models = [
  ...['openai/gpt-test', 'other/chatty', 'anthropic/claude-test'],
  ...['google/gemini-test', 'openrouter/openai/gpt-test'],
];

const plannerOf = (model: string, perform: Perform) =>
  createModelPlanner({
    perform,
    model,
    facts: () => ({ name: 'atom', maturity: 'intern', jail: undefined }) as const,
  });

it.each(models)('%s that calls a tool for ever is stopped by atom', async (model) => {
  const again = { id: 'c', name: 'shell_exec', arguments: '{"argv":["ls"]}' };
  server.on({ userMessage: 'for ever' }, { toolCalls: [again] });
  const ran: Intent[] = [];
  const perform = allowing(ran);
  const { plan } = plannerOf(model, perform);
  const stage = setStage({ plan, deps: { perform, maxSteps: 3 } });
  const result = await stage.say('e1', 'for ever');
  expect(result).toMatchObject({ kind: 'failed', text: expect.stringContaining('after 3 steps') });
  expect(ran).toHaveLength(3);
});

it('arguments that cannot be read are told to the model once, and then to the user', async () => {
  server.on(
    { userMessage: 'break it' },
    { toolCalls: [{ id: 'c', name: 'shell_exec', arguments: '{"argv": no' }] },
  );
  const ran: Intent[] = [];
  const perform = allowing(ran);
  const { plan } = plannerOf('other/chatty', perform);
  const stage = setStage({ plan, deps: { perform } });
  const result = await stage.say('e1', 'break it');
  expect(result).toMatchObject({ kind: 'failed', text: expect.stringContaining('cannot be read') });
  expect(stage.asked).toHaveLength(2);
  expect(JSON.stringify(server.getLastRequest()?.body)).toContain('was called wrongly');
  expect(ran).toEqual([]);
  // What is asked next is a turn of its own.
  server.onMessage('and now', { content: 'Better.' });
  expect(await stage.say('e2', 'and now')).toMatchObject({ kind: 'replied', text: 'Better.' });
});

it('an answer of another model says so, and what the model is told of it does not', async () => {
  server.onMessage('who are you', { content: 'Me.' });
  const perform = allowing([]);
  const away: Perform = async (intent, options) =>
    JSON.stringify(intent.resource).includes('gone/x')
      ? { ok: false, reason: 'blocked', ending: 'start', message: 'gone cannot be reached' }
      : perform(intent, options);
  const { plan } = createModelPlanner({
    perform: away,
    model: 'gone/x',
    fallbacks: ['other/chatty'],
    facts: () => ({ name: 'atom', maturity: 'intern', jail: undefined }),
  });
  const stage = setStage({ plan, deps: { perform } });
  const aside = '(gone/x did not answer, so other/chatty did.)';
  expect((await stage.say('e1', 'who are you')).text).toBe(`Me.\n\n${aside}`);
  await stage.say('e2', 'who are you again');
  expect(JSON.stringify(server.getLastRequest()?.body)).not.toContain('did not answer');
});

describe.each(models)('a turn with %s', (model) => {
  it('runs the tool that the model asks for, tells it the result and gives its answer', async () => {
    server.on(
      { userMessage: 'what is here', hasToolResult: false },
      {
        toolCalls: [
          { id: 'c', name: 'shell_exec', arguments: '{"argv":["ls"],"because":"to look"}' },
        ],
      },
    );
    server.on(
      { hasToolResult: true, toolResultContains: 'a.txt' },
      { content: 'One file: a.txt.' },
    );
    const ran: Intent[] = [];
    const perform = allowing(ran);
    const planner = plannerOf(model, perform);
    const stage = setStage({ plan: planner.plan, deps: { perform } });
    const result = await stage.say('e1', 'what is here');
    expect(result).toEqual({ kind: 'replied', text: 'One file: a.txt.', format: 'markdown' });
    expect(ran).toMatchObject([{ resource: { argv: ['ls'] }, context: { because: 'to look' } }]);
    expect(stage.output.join('')).toContain('One file');
  });

  it('tells it what was said meanwhile, what came of its calls, and what was skipped', async () => {
    const calls = ['a', 'b'].map((id) => ({
      id,
      name: 'shell_exec',
      arguments: JSON.stringify({ argv: ['ls', id] }),
    }));
    server.on({ userMessage: 'list both' }, { toolCalls: calls });
    server.on({ userMessage: 'only a, please' }, { content: 'Only a: a.txt.' });
    const ran: Intent[] = [];
    const perform = allowing(ran);
    const planner = plannerOf(model, perform);
    const stage = setStage({ plan: planner.plan, deps: { perform } });
    const more = [message('e2', 'only a, please')];
    const meanwhile: Meanwhile = {
      ready: async () => (ran.length > 0 ? more : []),
      waiting: async () => more,
      begin: async () => undefined,
      wasBegun: async () => false,
    };
    const input = { event: message('e1', 'list both'), session, meanwhile };
    const result = await stage.turn.run(input, AbortSignal.timeout(20_000));
    expect(result).toEqual({
      kind: 'replied',
      text: 'Only a: a.txt.',
      format: 'markdown',
      taken: ['e2'],
    });
    expect(ran).toMatchObject([{ resource: { argv: ['ls', 'a'] } }]);
    const told = JSON.stringify(server.getLastRequest()?.body);
    for (const words of ['a.txt', 'said something new first', 'only a, please'])
      expect(told).toContain(words);
  });
});
