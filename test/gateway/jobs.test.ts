import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const HERE = 'terminal:self:main';
const CHAT = { channel: 'telegram', account: 'main', peer: '42' };

/** Makes a job of whatever it is told, and says what came of that. */
function answer({ messages }: ChatCompletionRequest) {
  const last = messages.at(-1);
  if (last?.role === 'tool') return { content: `It came to: ${JSON.stringify(last.content)}` };
  const wish = { when: 'every hour', does: 'ask', text: 'git status' };
  return { toolCalls: [{ id: 'c1', name: 'job_add', arguments: JSON.stringify(wish) }] };
}

const server = new LLMock({ port: 0, chunkSize: 1000 });
beforeAll(async () => {
  server.on({ predicate: () => true }, answer);
  await server.start();
});
afterAll(() => server.stop());

/** The owner at the terminal, who has a chat in Telegram as well. */
async function openJobs(model = 'offline') {
  const { atom, connect } = await openKernel({
    model,
    models: { local: { baseUrl: `${server.url}/v1` } },
    channels: { telegram: { allow: ['42'] } },
  });
  const { store } = atom.records;
  const seat = connect(LOCAL_OWNER);
  await seat.request('connect', greeting);
  const ask = async (method: string, params: object = {}) => {
    const { ok, payload, error } = await seat.request(method, params);
    return ok ? (payload as Record<string, unknown>) : { error };
  };
  const add = (wish: object = {}) =>
    ask('jobs.add', { when: 'in 20 minutes', does: 'say', text: 'drink tea', ...wish });
  const begin = (id: string, key: string, home: typeof CHAT) =>
    ensureSession(store, { id, key, home, agent: 'atom', startedAt: 1 });
  let count = 0;
  const say = async (text: string) =>
    (await ask('chat.send', { text, key: `k${++count}` })).event as string;
  const answerTo = (event: string) =>
    until(`an answer to ${event}`, async () => {
      const row = await store.get('SELECT body FROM outbox WHERE id = $1', `reply:${event}`);
      return row && (JSON.parse(String(row.body)) as { readonly text: string }).text;
    });
  return { atom, store, ask, add, begin, say, answerTo };
}

it('a job is made, rests, goes on and is taken out, and what is wrong with one is said', async () => {
  const { ask, add, store } = await openJobs();
  expect(await ask('jobs.list')).toEqual({ jobs: [] });
  expect(await add({ to: 'terminal' })).toMatchObject({
    job: { id: 'j1', does: 'say', by: 'owner', paused: false, to: { channel: 'terminal' } },
  });
  const failing = async (asked: Promise<unknown>) => (await asked) as { error: { code: string } };
  const code = async (asked: Promise<unknown>) => (await failing(asked)).error.code;
  expect(await code(add({ when: 'when pigs fly' }))).toBe('usage');
  expect(await code(add({ agent: 'nobody' }))).toBe('not-found');
  expect(await code(add({ to: 'slack' }))).toBe('not-found');
  for (const method of ['jobs.run', 'jobs.remove'])
    expect(await code(ask(method, { id: 'j9' }))).toBe('not-found');
  expect(await code(ask('jobs.pause', { id: 'j9', paused: true }))).toBe('not-found');

  expect(await ask('jobs.pause', { id: 'j1', paused: true })).toEqual({ changed: true });
  expect(await ask('jobs.pause', { id: 'j1', paused: true })).toEqual({ changed: false });
  expect(await ask('jobs.run', { id: 'j1' })).toMatchObject({
    error: { code: 'usage', message: 'j1 rests.' },
  });
  expect(await ask('jobs.pause', { id: 'j1', paused: false })).toEqual({ changed: true });
  expect(await ask('jobs.remove', { id: 'j1' })).toMatchObject({ job: { text: 'drink tea' } });

  await add({ to: 'terminal' });
  await store.run(
    `INSERT INTO job(does, said, schedule, stated, zone, agent, home, made_by, created_at, next_at)
     SELECT does, said, schedule, stated, zone, agent, home, made_by, created_at, next_at FROM job,
       (WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i FROM n)`,
  );
  expect(await add({ to: 'terminal' })).toMatchObject({
    error: { code: 'usage', message: 'There are 200 jobs already.' },
  });
});

it('a reminder is written to the owner’s chat in Telegram; agents make none in a group, a job or a guest’s', async () => {
  const { atom, ask, add, begin, store } = await openJobs();
  expect(await add({ to: 'telegram' })).toMatchObject({ error: { code: 'not-found' } });
  await begin('s1', 'telegram:dm:42', CHAT);
  expect(await add({ to: 'telegram' })).toMatchObject({ job: { to: CHAT } });
  expect(await ask('jobs.run', { id: 'j1' })).toEqual({});
  const body = await until('the reminder is queued', async () => {
    const row = await store.get("SELECT body FROM outbox WHERE id LIKE 'job/j1/%'");
    return row && String(row.body);
  });
  expect(JSON.parse(body)).toMatchObject({ text: 'Reminder: drink tea', to: CHAT });
  // Once is once.
  expect(await ask('jobs.list')).toEqual({ jobs: [] });

  await begin('s2', 'telegram:group:-5', { ...CHAT, peer: '-5' });
  await begin('s3', 'telegram:dm:77', { ...CHAT, peer: '77' });
  await begin('s4', 'job:self:j1:0', CHAT);
  const agent = await atom.agents.find('atom');
  const prepare = (session: string) =>
    atom.jobs.action.prepare({ session, when: 'hourly', does: 'ask', text: 'git status' }, agent);
  for (const session of ['s2', 's3', 's4', 'nowhere'])
    await expect(prepare(session)).rejects.toMatchObject({ code: 'blocked' });
  expect((await prepare('s1')).facts).toMatchObject({ to: CHAT });
});

it('what a model wants done later waits for a card, and is not done by one that has seen a secret', async () => {
  const { ask, say, answerTo, store } = await openJobs('local/big');
  const first = await say('look at my repository each hour');
  const card = await until('a card', async () => {
    const { approvals } = (await ask('approvals.list')) as {
      readonly approvals: readonly { readonly id: string; readonly words: readonly string[] }[];
    };
    return approvals[0];
  });
  expect(await ask('jobs.list')).toEqual({ jobs: [] });
  const yes = { ref: card.id, verdict: 'approve', typed: true };
  expect(await ask('approvals.answer', yes)).toMatchObject({ ok: true });
  expect(await answerTo(first)).toContain('It came to:');
  expect(await ask('jobs.list')).toMatchObject({
    jobs: [
      { id: 'j1', by: 'agent', agent: 'atom', text: 'git status', to: { channel: 'terminal' } },
    ],
  });
  const session = await store.get('SELECT id FROM session WHERE key = $1', HERE);
  await appendItem(store, {
    session: String(session?.id),
    event: first,
    at: 1,
    labels: { ...cleanLabels, confidentiality: 'secret' },
    item: { role: 'note', text: 'hunter2' },
  });
  expect(await answerTo(await say('and once more'))).toContain('secret');
  expect(await ask('jobs.list')).toMatchObject({ jobs: [{ id: 'j1' }] });
  expect(await store.all("SELECT id FROM approval WHERE state = 'pending'")).toEqual([]);
});
