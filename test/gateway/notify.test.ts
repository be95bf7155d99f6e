import { expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const noted = (events: readonly string[]) => ({
  notices: [{ name: 'ops', to: 'telegram' as const, events: events as never[] }],
});

it('a test is told to the chat of the owner through the outbox, and to nobody where there is none', async () => {
  const { atom, connect } = await openKernel({
    channels: { telegram: { allow: ['42'] } },
    notify: noted(['panic']),
  });
  const { store } = atom.records;
  const client = connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  const wrong = async (name: string) => (await client.request('notify.test', { name })).error;
  expect(await wrong('nothing')).toMatchObject({ code: 'not-found' });
  expect(await wrong('ops')).toMatchObject({
    message: expect.stringContaining('you have no chat on telegram'),
  });
  const home = { channel: 'telegram', account: 'main', peer: '42' };
  const session = { id: 's', key: 'telegram:dm:42', agent: 'atom', home, startedAt: 1 };
  await ensureSession(store, session);
  const { payload } = await client.request('notify.test', { name: 'ops' });
  expect(payload).toEqual({ to: home });
  const [row] = await store.all('SELECT body FROM outbox');
  expect(JSON.parse(String(row?.body))).toMatchObject({ text: 'panic, atom: This is a test.' });
});

it('how a job ends is told from the turn that it had', async () => {
  const { atom, connect } = await openKernel({ notify: noted(['job.done']) });
  const ends: unknown[] = [];
  atom.records.bus.on('job.ended', (end) => ends.push(end));
  const client = connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  const added = await client.request('jobs.add', {
    when: 'in 20 minutes',
    text: 'help',
    does: 'ask',
    to: 'terminal',
  });
  const id = (added.payload as { job: { id: string } }).job.id;
  await client.request('jobs.run', { id });
  await until('the job is over', () => ends.length > 0);
  expect(ends).toEqual([{ job: id, agent: 'atom', result: 'replied' }]);
});
