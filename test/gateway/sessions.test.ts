import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { scopeOfMethod } from '../../src/protocol/scopes.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const HERE = 'terminal:self:main';
const seen: ChatCompletionRequest[] = [];
const server = new LLMock({ port: 0, chunkSize: 1000 });
beforeAll(async () => {
  server.on({ predicate: () => true }, (request) => {
    seen.push(request);
    const said = request.messages.filter(({ role }) => role === 'user').length;
    const isSummary = (request.tools ?? []).length === 0;
    return {
      content: isSummary ? 'We spoke of apples.' : `I was told ${said} (${request.model}).`,
    };
  });
  await server.start();
});
afterAll(() => server.stop());

/** The owner at the terminal of an atom with a model, and what is answered. */
async function openTalk() {
  seen.length = 0;
  const stage = await openKernel({
    model: 'local/big',
    models: { local: { baseUrl: `${server.url}/v1`, window: 16_384 } },
  });
  const seat = stage.connect(LOCAL_OWNER);
  await seat.request('connect', greeting);
  let count = 0;
  const say = async (text: string): Promise<string> => {
    const { payload } = await seat.request('chat.send', { text, key: `k${++count}` });
    const { event } = payload as { readonly event: string };
    const sent = await until(`an answer to ${text}`, async () => {
      const ids = [`reply:${event}`, `say:${event}`];
      const row = await stage.atom.records.store.get(
        'SELECT body FROM outbox WHERE id IN ($1, $2)',
        ...ids,
      );
      return row && String(row.body);
    });
    return (JSON.parse(sent) as { readonly text: string }).text;
  };
  return { ...stage, seat, say };
}

describe('the conversations of a chat, with a model', () => {
  it('are told, gone back to, summed up, kept to and removed', async () => {
    const { seat, say, atom } = await openTalk();
    expect(await say('tell me of apples')).toBe('I was told 1 (big).');
    expect(await say('/new')).toContain('A fresh start');
    expect(await say('tell me of pears')).toBe('I was told 1 (big).');
    expect(await say('/sessions')).toMatch(
      /^2 {2}.*“tell me of pears” · goes on now\n1 {2}.*“tell me of apples”\nTo go on/,
    );
    expect(await say('/sessions 7')).toContain('There is no conversation 7 here.');
    expect(await say('/sessions 1')).toContain('“tell me of apples”');
    expect(await say('more')).toBe('I was told 2 (big).');

    expect(await say('/pin never say “fruit”')).toContain('1  never say “fruit”');
    expect(await say('from now on be brief')).toContain('I was told');
    expect(await say('/pin')).toContain('2  from now on be brief');
    expect(await say('/unpin 1')).not.toContain('fruit');
    expect(await say('/unpin 9')).toContain('There is no 9.');
    expect(await say('/compact the colours')).toMatch(
      /^Summed up \d+ earlier entries .*, with 1 of your instructions word for word\./,
    );
    expect(JSON.stringify(seen.at(-1))).toContain('above all: the colours');
    expect(seen.at(-1)?.tools ?? []).toEqual([]);
    await say('and now');
    const last = JSON.stringify(seen.at(-1)?.messages);
    expect(last).toContain('We spoke of apples.');
    expect(last).toContain('from now on be brief');
    expect(last).not.toContain('tell me of apples');

    const shown = await seat.request('sessions.show', { session: HERE, number: 1 });
    expect(shown.payload).toMatchObject({
      talk: { number: 1, current: true },
      kept: ['from now on be brief'],
    });
    expect(JSON.stringify(shown.payload)).toContain('tell me of apples');
    expect((await seat.request('sessions.list')).payload).toMatchObject({
      sessions: [{ key: HERE, talks: 2, begins: 'tell me of apples' }],
    });
    const gone = await seat.request('sessions.remove', { session: HERE });
    expect(gone.payload).toEqual({ removed: 2 });
    const left = await atom.records.store.all('SELECT item FROM transcript');
    expect(JSON.stringify(left)).not.toContain('apples');
    expect(await say('hello again')).toBe('I was told 1 (big).');
    const none = await seat.request('sessions.remove', { session: 'telegram:dm:1' });
    expect(none).toMatchObject({ ok: false });
    const record = await atom.records.store.all('SELECT kind, body FROM audit');
    expect(JSON.stringify(record)).toContain('session.forget');
  });

  it('have the model that the owner chooses among those that are known', async () => {
    const { say, atom } = await openTalk();
    await atom.agents.add({ name: 'writer', maturity: 'student', model: 'local/small' });
    expect(await say('/model')).toMatch(
      /^local\/big answers .* 16,384 tokens\)\.\nKnown here: local\/big, local\/small, offline\./,
    );
    expect(await say('/model local/huge')).toContain('I do not know the model local/huge');
    expect(await say('/model local/small')).toContain('local/small answers in this conversation');
    expect(await say('hello')).toBe('I was told 1 (small).');
    expect(await say('/model offline')).toContain('offline answers');
    expect(await say('/compact')).toContain('No model is connected');
    expect(await say('/help')).toContain('list files');
    expect(await say('/model default')).toContain('local/big answers');
    await say('/new');
    expect(await say('/status')).toMatch(
      /\nHere: atom with local\/big; 0 turns in this conversation\.$/,
    );
    expect(await say('hello')).toBe('I was told 1 (big).');
    expect(await say('/status')).toMatch(
      /\nHere: atom with local\/big; 1 turn in this conversation; [\d,]+ of 16,384 tokens \(\d+ %\) were told last\.$/,
    );
    await atom.models.use({ agent: 'atom', model: 'local/big', fallbacks: ['local/small'] });
    expect(await say('/model')).toMatch(/^local\/big answers .* tokens\), then local\/small\.\n/);
  });

  it('show no client what a provider wants back, and nothing to one that only looks on', async () => {
    const { seat, say, atom } = await openTalk();
    await say('hello');
    const { store } = atom.records;
    const row = await store.get('SELECT id FROM session WHERE key = $1', HERE);
    await appendItem(store, {
      session: String(row?.id),
      event: 'e',
      at: 1,
      labels: cleanLabels,
      item: {
        role: 'assistant',
        text: 'x',
        calls: [],
        final: true,
        provider: { model: 'a/b', parts: [{ thinking: 'WANTED BACK' }] },
      },
    });
    const shown = await seat.request('sessions.show', { session: HERE });
    expect(shown.ok).toBe(true);
    expect(JSON.stringify(shown)).not.toContain('WANTED BACK');
    for (const method of ['sessions.list', 'sessions.show'] as const)
      expect(scopeOfMethod(method)).toBe('operate');
  });

  it('take exact commands exactly, and ask no model about them', async () => {
    const { say, profile } = await openTalk();
    expect(await say('/tools')).toContain('result_read — ');
    expect(await say('/run pwd')).toContain(profile.jail);
    const help = await say('/help');
    for (const form of ['/new', '/compact', '/model', '/run', '/undo', '/sessions', '/pin'])
      expect(help).toContain(form);
    expect(await say('/stpo')).toBe('I do not know /stpo. Did you mean /stop?');
    expect(seen).toEqual([]);
    expect(await say('/etc/hosts, what is that?')).toBe('I was told 3 (big).');
  });
});
