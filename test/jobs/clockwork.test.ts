import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import type { Job, NewJob } from '../../src/domain/job.ts';
import { keepJob } from '../../src/jobs/add-action.ts';
import { createClockwork } from '../../src/jobs/clockwork.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { allJobs, hastenJob, pauseJob } from '../../src/store/tables/jobs.ts';
import { sessionByKey } from '../../src/store/tables/sessions.ts';
import { markHandled, takeEvent } from '../../src/store/tables/spool.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

const HOUR = 3_600_000;

async function stage() {
  const { store } = await freshStore();
  await store.tx((sql) => ensureAgent(sql, { id: 'main', name: 'main', maturity: 'intern' }));
  const clock = heldClock(Date.parse('2026-11-27T08:10:00Z'));
  const said: string[] = [];
  const logged: string[] = [];
  let mayTell = true;
  const open = (on: Pick<typeof store, 'get'> = store) => {
    const works = createClockwork({
      store: { ...store, ...on },
      clock,
      log: createLog(({ text }) => logged.push(text)),
      say: async (_, __, { id, text }) => {
        said.push(`${id.split('/')[1]}: ${text}`);
      },
      mayTell: async () => mayTell,
      onDone: () => undefined,
    });
    onTestFinished(() => works.stop());
    works.start();
    return works;
  };
  const add = (job: Partial<NewJob> = {}) =>
    keepJob(store, {
      does: 'ask',
      text: 'git status',
      when: 'hourly',
      zone: 'UTC',
      agent: 'main',
      by: 'owner',
      schedule: { kind: 'cron', pattern: '0 * * * *' },
      to: { channel: 'terminal', account: 'main', peer: 'main' },
      createdAt: clock.now(),
      nextAt: Date.parse('2026-11-27T09:00:00Z'),
      ...job,
    });
  const job = async (): Promise<Job | undefined> => (await allJobs(store))[0];
  /** What waits in the lane of a job's run. */
  const take = (at: number, id = 'j1') => store.tx((sql) => takeEvent(sql, `job:self:${id}:${at}`));
  return { store, clock, said, logged, open, add, job, take, rest: () => (mayTell = false) };
}

const NINE = Date.parse('2026-11-27T09:00:00Z');

test('a job is asked in a conversation of its own each time, as the owner, and moves on', async () => {
  const { store, clock, open, add, job, take } = await stage();
  expect(await add()).toBe('j1');
  const works = open();
  expect(await take(NINE)).toBeUndefined();
  clock.pass(HOUR);
  works.wake();
  await expect.poll(async () => (await job())?.nextAt).toBe(NINE + HOUR);
  const taken = await take(NINE);
  expect(taken?.event).toMatchObject({
    text: 'git status',
    sender: { id: 'j1' },
    via: { surface: 'job', owner: true },
    externalId: `job/j1/${NINE}`,
  });
  expect(await sessionByKey(store, `job:self:j1:${NINE}`)).toMatchObject({ agent: 'main' });
});

test('what was missed is done once, and no run is begun while the last one is not over', async () => {
  const { store, clock, open, add, job, take } = await stage();
  await add();
  clock.pass(5 * HOUR);
  const works = open();
  await expect.poll(async () => (await job())?.nextAt).toBe(NINE + 5 * HOUR);
  clock.pass(HOUR);
  works.wake();
  await expect.poll(async () => (await job())?.nextAt).toBe(NINE + 6 * HOUR);
  expect(await take(NINE + 5 * HOUR)).toBeUndefined();
  const first = await take(NINE);
  await store.tx((sql) => markHandled(sql, first?.event.id ?? '', 'replied'));
  clock.pass(HOUR);
  works.wake();
  await expect.poll(() => take(NINE + 6 * HOUR)).toBeDefined();
});

test('a reminder is written once and is gone; a late one says so', async () => {
  const { clock, said, open, add, job } = await stage();
  const once = { does: 'say', schedule: { kind: 'once', at: NINE }, text: 'tea' } as const;
  await add(once);
  clock.pass(HOUR);
  const works = open();
  await expect.poll(job).toBeUndefined();
  await add(once);
  works.wake();
  await expect.poll(job).toBeUndefined();
  expect(said[0]).toContain('j1: Reminder: tea\n(It was for 27 Nov 2026, 09:00');
  expect(said).toHaveLength(2);
});

test('a paused job rests; it is not done where the chat is not the owner’s any more', async () => {
  const { store, clock, said, open, add, job, rest } = await stage();
  await add({ does: 'say' });
  await store.tx((sql) => pauseJob(sql, 'j1', { paused: true, next: NINE }));
  expect(await hastenJob(store, 'j1', 0)).toBe(false);
  clock.pass(2 * HOUR);
  const works = open();
  await works.stop();
  expect(said).toEqual([]);
  await store.tx((sql) => pauseJob(sql, 'j1', { paused: false, next: NINE }));
  rest();
  open();
  await expect.poll(async () => (await job())?.paused).toBe(true);
  expect(said).toEqual([]);
});

test('a store that fails is asked again a little later, and the job is done once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { store, clock, said, logged, open, add, job } = await stage();
  await add({ does: 'say' });
  clock.pass(HOUR);
  let broken = true;
  open({
    get: async (...asked) => {
      if (broken) throw new Error('disk I/O error');
      return store.get(...asked);
    },
  });
  await vi.waitFor(() => expect(logged).toHaveLength(1));
  expect(logged[0]).toContain('disk I/O error');
  expect([said.length, (await job())?.nextAt]).toEqual([0, NINE]);
  broken = false;
  await vi.runOnlyPendingTimersAsync();
  await vi.waitFor(async () => expect((await job())?.nextAt).toBe(NINE + HOUR));
  expect(said).toHaveLength(1);
});
