import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const server = new LLMock({ port: 0 });
beforeAll(async () => {
  await server.start();
  server.on(
    { userMessage: 'Call the tool ping', hasToolResult: false },
    {
      toolCalls: [{ id: 'c', name: 'ping', arguments: '{"word":"atom"}' }],
      usage: { prompt_tokens: 100, completion_tokens: 10 },
    },
  );
  server.on(
    { userMessage: 'Call the tool ping', hasToolResult: true },
    { content: 'pong', usage: { prompt_tokens: 100, completion_tokens: 10 } },
  );
  server.onMessage('who is there', { content: 'The second.' });
});
afterAll(() => server.stop());

async function open() {
  const stage = await openKernel(
    {
      models: {
        here: { baseUrl: `${server.url}/v1`, price: { input: 10, output: 100 } },
        away: { baseUrl: 'http://127.0.0.1:1/v1' },
        // Of this machine too, but by an address that could be anybody's.
        far: { baseUrl: server.url.replace('127.0.0.1', '0.0.0.0') },
      },
    },
    { 'far.key': 'sk-far' },
  );
  const client = stage.connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  return { ...stage, client };
}

const use = (model: string | undefined, fallbacks: readonly string[] = []) => ({
  agent: 'atom',
  fallbacks,
  ...(model === undefined ? {} : { model }),
});

it('a model is tried out through the governor, and its cost is told and recorded', async () => {
  const { client, atom } = await open();
  const { payload } = await client.request('models.test', { model: 'here/x' });
  expect(payload).toMatchObject({
    model: 'here/x',
    calledTool: true,
    text: 'pong',
    currency: 'USD',
    tokens: { input: 200, output: 20 },
    money: 0.004,
  });
  const begun = await atom.records.store.all(
    "SELECT body FROM audit WHERE kind = 'begun' AND body LIKE '%llm.complete%'",
  );
  expect(begun).toHaveLength(2);
  const failed = await client.request('models.test', { model: 'away/x' });
  expect(failed).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('away cannot be reached') },
  });
  expect((await client.request('models.test', {})).ok).toBe(false);
  // It cost something, and no agent had it.
  const { payload: stats } = await client.request('stats', { since: 0 });
  expect(stats).toMatchObject({ stats: { models: [{ model: 'here/x', calls: 2 }], agents: [] } });
});

it('an agent thinks with what was chosen for it, at once, and with another where that is away', async () => {
  const { client, atom } = await open();
  expect((await client.request('models.use', use('nobody/x'))).ok).toBe(false);
  expect((await client.request('models.use', { ...use('here/x'), agent: 'who' })).ok).toBe(false);
  expect((await client.request('models.use', use('away/x', ['here/x']))).ok).toBe(true);
  expect(await atom.agents.find('atom')).toMatchObject({ model: 'away/x', fallbacks: ['here/x'] });
  await client.request('chat.send', { text: 'who is there', key: 'k1' });
  const reply = await until('the answer', () => replyIn(client.frames));
  expect(reply).toBe('The second.\n\n(away/x did not answer, so here/x did.)');
  const chosen = await atom.records.store.all("SELECT body FROM audit WHERE kind = 'agent.model'");
  expect(chosen).toHaveLength(1);
  await client.request('models.use', use(undefined));
  expect(await atom.agents.find('atom')).toMatchObject({ model: 'offline', fallbacks: [] });
});

it('what was marked private goes to no second provider beyond this machine, named or not', async () => {
  const { client, atom } = await open();
  await client.request('models.use', use('away/x', ['far/x']));
  await client.request('chat.send', { text: 'who is there', key: 'k1' });
  await until('the first answer', () => replyIn(client.frames));
  const asked = server.getRequests().length;
  const { store } = atom.records;
  const session = await store.get('SELECT id FROM session LIMIT 1');
  await appendItem(store, {
    session: String(session?.id),
    event: 'before',
    at: 1,
    source: 'letters.txt',
    labels: { integrity: 'owner', confidentiality: 'secret' },
    item: { role: 'note', text: 'the secret' },
  });
  client.frames.length = 0;
  await client.request('chat.send', { text: 'and now who is there', key: 'k2' });
  const told = await until('the second answer', () => replyIn(client.frames));
  expect(told).toContain('away cannot be reached');
  expect(told).toContain('far/x: ');
  expect(told).toContain('marked private');
  expect(server.getRequests()).toHaveLength(asked);
});

type Frames = Awaited<ReturnType<typeof open>>['client']['frames'];

const replyIn = (frames: Frames): string | undefined =>
  frames
    .map(({ event }) => event as { kind?: string; text?: string } | undefined)
    .find((event) => event?.kind === 'message')?.text;

it('a turn does not go on with another model than it began with, and others’ turns do', async () => {
  const { client, atom } = await open();
  await atom.agents.add({ name: 'writer', maturity: 'student' });
  const home = { channel: 'terminal', account: 'self', peer: 'main' };
  const turnOf = async (agent: string) => {
    const key = `terminal:self:${agent}`;
    const wish = { id: agent, key, agent, home, startedAt: 1 };
    await atom.records.store.tx((sql) => ensureSession(sql, wish));
    return atom.running.begin({ key, event: 'e' }, new AbortController().signal).signal;
  };
  const [mine, writers] = [await turnOf('atom'), await turnOf('writer')];
  expect(await client.request('models.use', use('here/x'))).toMatchObject({ ok: true });
  expect([mine.aborted, writers.aborted]).toEqual([true, false]);
});
