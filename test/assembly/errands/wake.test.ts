import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { expect, it, onTestFinished } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { MOST_ERRANDS, MOST_HOPS } from '../../../src/domain/errand.ts';
import { setReach } from '../../../src/store/tables/agents.ts';
import { newestPosts } from '../../../src/store/tables/feed.ts';
import { until } from '../../flows/stage/until.ts';
import { openOffice } from './office.ts';

it('a question in the feed wakes who wakes for questions, and the answer comes back as a reply', async () => {
  const { hire, store, atom, profile } = await openOffice();
  await hire({ collector: 'intern', pupil: 'student', sleeper: 'intern' });
  await setReach(store, 'collector', { wakes: ['question'] });
  await setReach(store, 'pupil', { wakes: ['mention'] });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const post = (kind: string, text: string) =>
    atom.ownerAct(
      { action: 'feed.post', resource: { kind, text } },
      { by: { surface: 'terminal', id: 'owner' } },
    );
  await post('question', 'show me notes.txt');
  const reply = await until('the reply', async () =>
    (await newestPosts(store, 20)).find(
      ({ replyTo, about }) => replyTo !== undefined && about === undefined,
    ),
  );
  expect(reply).toMatchObject({ author: 'collector', text: expect.stringContaining('buy milk') });
  // A student looks when it is named, and may not tell.
  await post('question', 'hello @pupil');
  await until('the training', () => store.get('SELECT id FROM training'));
  expect(await store.all(`SELECT asked, asker, chain FROM errand ORDER BY rowid`)).toEqual([
    { asked: 'collector', asker: null, chain: '[]' },
    { asked: 'collector', asker: null, chain: '[]' },
    { asked: 'pupil', asker: null, chain: '[]' },
  ]);
});

it('an answer is cut for the feed once its secrets are out, and holds no half of one', async () => {
  const { hire, store, atom, profile } = await openOffice();
  await hire({ collector: 'intern' });
  await setReach(store, 'collector', { wakes: ['question'] });
  writeFileSync(join(profile.jail, 'notes.txt'), `ghp_${'a1'.repeat(18)} `.repeat(300));
  await atom.feed.post({ kind: 'question', text: 'show me notes.txt' });
  const reply = await until('the reply', async () =>
    (await newestPosts(store, 20)).find(
      ({ replyTo, about }) => replyTo !== undefined && about === undefined,
    ),
  );
  expect(reply.text.length).toBe(2000);
  expect(reply.text).toContain('[secret]');
  expect(reply.text).not.toContain('a1');
});

it('what you say in the feed is private in the turn that it wakes', async () => {
  const { hire, store, atom } = await openOffice();
  await hire({ pupil: 'student' });
  await setReach(store, 'pupil', { wakes: ['mention'] });
  await atom.feed.post({ kind: 'question', text: 'hello @pupil, my blood group is rare' });
  const asked = await atom.ownerAct(
    { action: 'agent.ask', resource: { agent: 'pupil', text: 'hello' } },
    { by: { surface: 'terminal', id: 'owner' } },
  );
  expect(asked).toMatchObject({ ok: true });
  const heard = await store.all(`SELECT body FROM spool WHERE channel = 'agent' ORDER BY seq`);
  expect(heard.map(({ body }) => JSON.parse(String(body)).via.heard.labels)).toEqual([
    { integrity: 'owner', confidentiality: 'private' },
    { integrity: 'owner', confidentiality: 'private' },
  ]);
});

it('two agents that ask each other without end are stopped, and that is said', async () => {
  const model = new LLMock({ port: 0, chunkSize: 64 });
  await model.start();
  onTestFinished(() => model.stop());
  const { hire, store, call, events } = await openOffice({
    model: 'local/test',
    models: { local: { baseUrl: `${model.url}/v1` } },
  });
  await hire({ ping: 'intern', pong: 'intern' });
  for (const name of ['ping', 'pong'])
    await call('agents.set', { name, wakes: ['question'], askedBy: null });
  const input = { kind: 'question', text: 'And what do you think?' };
  const tool = { id: 'c1', name: 'feed_post', arguments: JSON.stringify(input) };
  model.on({ hasToolResult: false }, { toolCalls: [tool] });
  model.on({ hasToolResult: true }, { content: 'I wonder.' });
  await call('chat.send', { text: 'discuss', session: 'agent:ping:main', key: newId() });
  const told = await until(
    'the alert',
    () =>
      events.find((one) => one.kind === 'feed' && one.post.text.startsWith('Stopped: ping → pong')),
    // Ten turns of a model, one after the other.
    25_000,
  );
  expect(told).toMatchObject({
    post: { kind: 'alert', by: 'system', text: expect.stringContaining('longer way') },
  });
  const chains = await store.all('SELECT chain, root FROM errand ORDER BY rowid');
  const ways = chains.map(({ chain }) => JSON.parse(String(chain)).length);
  expect(Math.max(...ways)).toBe(MOST_HOPS);
  expect(chains.length).toBeLessThanOrEqual(MOST_ERRANDS);
  expect(new Set(chains.map(({ root }) => root)).size).toBe(1);
  // What one answered is in the conversation where the other asked.
  await until('an answer', () =>
    store.get(
      `SELECT 1 AS one FROM transcript JOIN session ON session.id = transcript.session
       WHERE json_extract(item, '$.text') LIKE 'pong answers your post%'
         AND session.key = 'agent:ping:main'`,
    ),
  );
});
