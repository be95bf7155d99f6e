import { expect, test } from 'vitest';
import { labelOfEvent } from '../../src/agent/hearing.ts';
import { roleNow } from '../../src/assembly/role-now.ts';
import { silence } from '../../src/assembly/silence.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { jobSession } from '../../src/domain/job.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { isWaiting, spoolEvent } from '../../src/store/tables/spool.ts';
import { freshStore } from '../store/fresh.ts';

const chat = (peer: string) => ({ channel: 'telegram', account: 'bot', peer });

const jobEvent = (id: string, from: InboundEvent['from'], worded = false): InboundEvent => ({
  id,
  externalId: `job/j1/${id}`,
  from,
  sender: { id: 'j1' },
  at: 1,
  via: { surface: 'job', owner: true, ...(worded ? { worded } : {}) },
  kind: 'message',
  text: 'git status',
  media: [],
  isGroup: false,
  mentionsMe: true,
});

test('with somebody who is sent away ends what a job has under way that is told in their chat', async () => {
  const { store } = await freshStore();
  await store.tx(async (sql) => {
    await ensureAgent(sql, { id: 'atom', name: 'atom', maturity: 'intern' });
    for (const [id, peer] of [
      ['a', '42'],
      ['b', '43'],
    ] as const) {
      const key = jobSession(id, 1);
      await ensureSession(sql, { id, key, agent: 'atom', home: chat(peer), startedAt: 1 });
      await spoolEvent(sql, jobEvent(id, chat(peer)), key);
    }
  });
  const stopped: string[] = [];
  const running = { stop: (key: string) => stopped.push(key) > 0 };
  await silence(
    { records: { store }, running },
    {
      channel: 'telegram',
      account: 'bot',
      id: '42',
      handle: 'dana',
      by: 'terminal/owner',
      role: 'owner',
      state: 'active',
      how: 'link',
      since: 1,
    },
  );
  expect(stopped).toEqual(['telegram:dm:42', jobSession('a', 1)]);
  expect(await isWaiting(store, 'a')).toBe(false);
  expect(await isWaiting(store, 'b')).toBe(true);
});

test('a job is the owner’s only while its chat is', async () => {
  const { store } = await freshStore();
  const people = (role: 'owner' | undefined) => ({ roleOf: () => role });
  const event = jobEvent('a', chat('42'));
  expect(await roleNow(store, event, people('owner'))).toBe('owner');
  expect(await roleNow(store, event, people(undefined))).toBeUndefined();
  const atTerminal = jobEvent('a', { channel: 'terminal', account: 'main', peer: 'main' });
  expect(await roleNow(store, atTerminal, people(undefined))).toBe('owner');
});

test('what an agent worded for later is not taken for the owner’s own words', () => {
  const labelOf = (worded: boolean) => labelOfEvent(jobEvent('a', chat('42'), worded), true).labels;
  expect(labelOf(false).integrity).toBe('owner');
  expect(labelOf(true).integrity).toBe('local');
});
