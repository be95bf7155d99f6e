import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelPlanner } from '../../src/agent/model-planner.ts';
import { builtInTools } from '../../src/agent/tools.ts';
import { createTurn } from '../../src/agent/turn.ts';
import { windowOf } from '../../src/assembly/window.ts';
import { createLog } from '../../src/base/log.ts';
import type { Outcome, Perform } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { keepSummary, talksOf } from '../../src/store/tables/talks.ts';
import { appendItem, openConversation } from '../../src/store/tables/transcript.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { message, session } from './stage.ts';

const WINDOW = 16_384;
/** Of the two hundred of the bench; with a megabyte of output all the same. */
const TURNS = 70;
const OUTPUT = 15_200;
const RULE = 'From now on, always give lengths in metres.';

/** What is wrong with a question to a model. */
function faultsIn({ messages, tools = [] }: ChatCompletionRequest): readonly string[] {
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

let answer: (request: ChatCompletionRequest) => FixtureResponse;
const server = new LLMock({ port: 0, chunkSize: 1000 });
beforeAll(async () => {
  server.on({ predicate: () => true }, (request) => answer(request));
  await server.start();
});
afterAll(() => server.stop());

/** A conversation on a real store, with a real client of a model's server and made-up files. */
async function setConversation(broken: () => boolean = () => false) {
  const { store } = await freshStore();
  const steady = heldClock();
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, session);
  const llm = createLlm({
    ...{ store, steady, metrics: createMetrics(steady), key: async () => 'key' },
    models: { local: { baseUrl: `${server.url}/v1` } },
  });
  const perform: Perform = async (intent, options): Promise<Outcome> => {
    if (intent.action !== 'llm.complete') {
      const text = `${intent.id} ${'x'.repeat(OUTPUT)}`;
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
      ...{ perform, tools: () => builtInTools, isOwner: async () => true },
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
  return { store, say, states, told: told.read, window };
}

const isSummary = ({ tools = [] }: ChatCompletionRequest): boolean => tools.length === 0;

/** Reads a file for each message, then answers; sums up where it is asked to. */
const asModel = (seen: ChatCompletionRequest[]) => (request: ChatCompletionRequest) => {
  seen.push(request);
  const usage = { prompt_tokens: Math.round(JSON.stringify(request.messages).length / 3) };
  if (isSummary(request)) return { content: `Summary ${seen.length}.`, usage };
  if (request.messages.at(-1)?.role === 'tool') return { content: 'Read it.', usage };
  const call = { id: 'c', name: 'file_read', arguments: '{"path":"a"}' };
  return { toolCalls: [call], usage };
};

describe('a conversation with a megabyte of output', () => {
  it('stays within the window of its model, whole in its calls, its labels and the owner’s rules', async () => {
    const seen: ChatCompletionRequest[] = [];
    answer = asModel(seen);
    const stage = await setConversation();
    const texts: string[] = [];
    for (let n = 1; n <= TURNS; n++)
      texts.push((await stage.say(`e${n}`, n === 3 ? RULE : `look at file ${n}`)).text);

    expect([...new Set(seen.flatMap(faultsIn))]).toEqual([]);
    const questions = seen.filter((request) => !isSummary(request));
    const fromThree = questions.slice(questions.findIndex((one) => hasText(one, RULE)));
    expect(fromThree).toHaveLength(2 * (TURNS - 2));
    expect(fromThree.filter((one) => !hasText(one, RULE))).toEqual([]);

    const summaries = seen.filter(isSummary);
    expect(summaries.length).toBeGreaterThan(10);
    // Not at each turn: what is left after one has room for several more.
    expect(summaries.length).toBeLessThan(TURNS / 2);
    expect(texts.filter((text) => text.includes('Summed up'))).toHaveLength(summaries.length);
    expect(texts[0]).toBe('Read it.');

    const [first, ...rest] = await stage.told();
    expect(first?.item).toMatchObject({ role: 'summary', kept: [RULE] });
    expect(rest.length).toBeLessThan(60);
    // Nothing of it is lost, and nothing got cleaner or was said anew by being told in other words.
    const [talk] = await talksOf(stage.store, session.id);
    expect(talk?.entries).toBe(4 * TURNS + summaries.length);
    const window = await stage.window(`e${TURNS}`);
    expect(window.labels).toEqual({ integrity: 'untrusted', confidentiality: 'private' });
    expect(window.sources).toEqual(['odd.txt']);
    expect(window.said).toBe(`look at file ${TURNS}`);
  }, 180_000);
});

const hasText = ({ messages }: ChatCompletionRequest, text: string): boolean =>
  JSON.stringify(messages).includes(text);

describe('a conversation that does not fit any more', () => {
  it('goes on with excerpts where it cannot be summed up, and says why', async () => {
    const seen: ChatCompletionRequest[] = [];
    answer = asModel(seen);
    const stage = await setConversation(() => true);
    const texts: string[] = [];
    for (let n = 1; n <= 20; n++) texts.push((await stage.say(`e${n}`, `look at ${n}`)).text);
    expect([...new Set(seen.flatMap(faultsIn))]).toEqual([]);
    const said = texts.filter((text) => text.includes('The budget of today is spent.'));
    expect(said.length).toBeGreaterThan(0);
    expect(texts.every((text) => text.startsWith('Read it.'))).toBe(true);
    expect((await stage.told())[0]?.item).toMatchObject({ role: 'summary' });
  });

  it('is told more and more briefly where one turn alone is too much', async () => {
    const seen: ChatCompletionRequest[] = [];
    answer = (request) => {
      seen.push(request);
      const call = { id: 'c', name: 'file_read', arguments: '{"path":"a"}' };
      return seen.length < 16 ? { toolCalls: [call] } : { content: 'All read.' };
    };
    const stage = await setConversation();
    expect((await stage.say('e1', 'read all')).text).toBe('All read.');
    expect([...new Set(seen.flatMap(faultsIn))]).toEqual([]);
    expect(seen.filter(isSummary)).toEqual([]);
    const last = JSON.stringify(seen.at(-1)?.messages);
    expect(last).toContain('characters left out');
    expect(last).toContain('result_read with ref');
  });

  it('where the owner asks for that: the reply says why it cannot be summed up, and what is kept does not', async () => {
    answer = asModel([]);
    const stage = await setConversation(() => true);
    await stage.say('e1', 'look');
    const { text } = await stage.say('e2', '/compact');
    expect(text).toContain('The budget of today is spent.');
    const entry = (await stage.told()).findLast(({ item }) => item.role === 'assistant');
    expect(entry?.item).toMatchObject({ text: 'I could not sum it up.', final: true });
  });

  it('is summed up at the owner’s word, who says what is kept', async () => {
    const seen: ChatCompletionRequest[] = [];
    answer = asModel(seen);
    const stage = await setConversation();
    await stage.say('e1', 'look');
    const { text } = await stage.say('e2', '/compact keep the key is under the mat');
    expect(text).toMatch(/^Summed up 4 earlier entries .*1 of your instructions word for word/);
    expect((await stage.told())[0]?.item).toMatchObject({
      kept: ['the key is under the mat'],
      text: 'Summary 3.',
    });
    await stage.say('e3', '/compact the part about the cellar');
    expect(hasText(seen.at(-1) ?? { model: '', messages: [] }, 'the part about the cellar')).toBe(
      true,
    );
    expect((await stage.told())[0]?.item).toMatchObject({ kept: ['the key is under the mat'] });
    // The order itself asked for nothing else.
    expect(stage.states.filter((step) => step === 'acting')).toHaveLength(1);
  });
});
