import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelPlanner } from '../../src/agent/model-planner.ts';
import type { Intent, Outcome, Perform } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { heldClock, storeForAll } from '../store/fresh.ts';
import { done, setStage } from './stage.ts';

let server: LLMock;
beforeAll(async () => {
  server = new LLMock({ port: 0 });
  await server.start();
});
afterAll(() => server.stop());

const records = { store: await storeForAll(), steady: heldClock() };

/** Everything is allowed: asks the model server, and pretends that every command printed a.txt. */
function allowing(ran: Intent[]): Perform {
  const models = {
    openai: { baseUrl: `${server.url}/v1` },
    anthropic: { baseUrl: `${server.url}/v1` },
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

describe.each(['openai/gpt-test', 'anthropic/claude-test'])('a turn with %s', (model) => {
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
    const facts = () => ({ name: 'atom', maturity: 'intern', jail: undefined }) as const;
    const planner = createModelPlanner({ perform, model, facts });
    const stage = setStage({ plan: planner.plan, deps: { perform } });
    const result = await stage.say('e1', 'what is here');
    expect(result).toEqual({ kind: 'replied', text: 'One file: a.txt.' });
    expect(ran).toMatchObject([{ resource: { argv: ['ls'] }, context: { because: 'to look' } }]);
    expect(stage.output.join('')).toContain('One file');
  });
});
