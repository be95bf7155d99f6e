import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { createModelPlanner } from '../../src/agent/model-planner.ts';
import { builtInTools } from '../../src/agent/tools.ts';
import { createTurn } from '../../src/agent/turn.ts';
import { windowOf } from '../../src/assembly/window.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import type { Outcome, Perform } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import type { Store } from '../../src/domain/store.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { keepSummary } from '../../src/store/tables/talks.ts';
import { appendItem, openConversation } from '../../src/store/tables/transcript.ts';
import { message, session } from './stage.ts';

const WINDOW = 16_384;
export const RULE = 'From now on, always give lengths in metres.';

export interface LongTalk {
  readonly store: Store;
  /** Of the model's server. */
  readonly url: string;
  /** Characters that each call of a tool comes to. */
  readonly output: number;
  /** Whether summing up fails. */
  readonly broken?: (() => boolean) | undefined;
}

/** What is wrong with a question to a model. */
export function faultsIn({ messages, tools = [] }: ChatCompletionRequest): readonly string[] {
  const open = new Set<string>();
  const faults: string[] = [];
  for (const { role, tool_calls = [], tool_call_id } of messages) {
    if (role === 'tool' && !open.delete(String(tool_call_id)))
      faults.push('a result without a call');
    if (role !== 'tool' && open.size > 0) faults.push('a call without its result');
    for (const { id } of tool_calls) open.add(id);
  }
  if (open.size > 0) faults.push('a call without its result');
  const size = JSON.stringify({ messages, tools }).length / 4;
  return size > WINDOW ? [...faults, `about ${Math.round(size)} tokens`] : faults;
}

/** A conversation on a real store, with a real client of a model's server and made-up files. */
export async function longTalk({ store, url, output, broken = () => false }: LongTalk) {
  const steady = systemClock;
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, session);
  const llm = createLlm({
    store,
    steady,
    metrics: createMetrics(steady),
    key: async () => 'key',
    models: { local: { baseUrl: `${url}/v1` } },
  });
  const perform: Perform = async (intent, options): Promise<Outcome> => {
    if (intent.action !== 'llm.complete') {
      const text = `${intent.id} ${'x'.repeat(output)}`;
      const isOdd = intent.id.startsWith('e5:');
      const from = {
        labels: { integrity: isOdd ? 'untrusted' : 'local', confidentiality: 'private' },
        ...(isOdd ? { source: 'odd.txt' } : {}),
      } as const;
      return { ok: true, value: { path: 'a', kind: 'text', text, truncated: false }, from };
    }
    if (intent.id.includes(':summary-') && broken())
      return { ok: false, reason: 'limited', message: 'The budget of today is spent.' };
    const prepared = await llm.prepare(intent.resource, undefined);
    const principal = { kind: 'agent', id: 'atom' } as const;
    const request = { ...intent, principal, labels: cleanLabels };
    const grant = issue({ digest: '', prepared, request, complexity: 1 });
    const signal = options?.signal ?? AbortSignal.timeout(10_000);
    return { ok: true, value: await llm.execute(grant, signal, () => undefined) };
  };
  const facts = () => ({ name: 'atom', maturity: 'intern', jail: undefined }) as const;
  const planner = createModelPlanner({ perform, model: 'local/test', window: WINDOW, facts });
  const states: string[] = [];
  const say = async (id: string, text: string) => {
    const talk = openConversation(store, session.id);
    const turn = createTurn({
      perform,
      tools: () => builtInTools,
      isOwner: async () => true,
      planner: async () => planner,
      transcript: {
        goesOn: async () => true,
        load: talk.read,
        append: async (entry) => void (await appendItem(store, { ...entry, at: 1 })),
        sumUp: (entry) => store.tx((sql) => keepSummary(sql, { ...entry, at: 1 })),
      },
      onState: ({ step }) => states.push(step),
      onOutput: () => undefined,
      log: createLog(() => undefined),
    });
    return turn.run({ event: message(id, text), session }, new AbortController().signal);
  };
  const told = openConversation(store, session.id);
  const window = (event: string) =>
    windowOf(
      store,
      { session: session.id, event },
      { principal: { kind: 'agent', id: 'atom' }, sees: 'conversation' },
    );
  return { say, states, told: told.read, window };
}

export const isSummary = ({ tools = [] }: ChatCompletionRequest): boolean => tools.length === 0;

/** Reads a file for each message, then answers; sums up where it is asked to. */
export const asModel = (seen: ChatCompletionRequest[]) => (request: ChatCompletionRequest) => {
  seen.push(request);
  const usage = { prompt_tokens: Math.round(JSON.stringify(request.messages).length / 3) };
  if (isSummary(request)) return { content: `Summary ${seen.length}.`, usage };
  if (request.messages.at(-1)?.role === 'tool') return { content: 'Read it.', usage };
  const call = { id: 'c', name: 'file_read', arguments: '{"path":"a"}' };
  return { toolCalls: [call], usage };
};

export const hasText = ({ messages }: ChatCompletionRequest, text: string): boolean =>
  JSON.stringify(messages).includes(text);
