import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { talksOf } from '../../src/store/tables/talks.ts';
import { freshStore } from '../store/fresh.ts';
import { asModel, faultsIn, hasText, isSummary, longTalk, RULE } from './long-talk.ts';
import { session } from './stage.ts';

/** Of the two hundred of the bench (test/bench/long-talk.ts); with a megabyte of output all the same. */
const TURNS = 70;

/** The conversation, on a store of its own. */
async function setConversation(broken?: () => boolean) {
  const { store } = await freshStore();
  return { store, ...(await longTalk({ store, url: server.url, output: 15_200, broken })) };
}

let answer: (request: ChatCompletionRequest) => FixtureResponse;
const server = new LLMock({ port: 0, chunkSize: 1000 });
beforeAll(async () => {
  server.on({ predicate: () => true }, (request) => answer(request));
  await server.start();
});
afterAll(() => server.stop());

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
