import { expect, it } from 'vitest';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { appendItem, firstEventOf } from '../../src/store/tables/transcript.ts';
import { event } from '../sessions/session-stage.ts';
import { freshStore } from './fresh.ts';

it('the first event of a session is known before its turn has written a word', async () => {
  const { store } = await freshStore();
  const home = { channel: 'agent', account: 'main', peer: 'e1' };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, { id: 's', key: 'k', agent: 'atom', home, startedAt: 1 });
  expect(await firstEventOf(store, 's')).toBeUndefined();
  for (const id of ['e1', 'e2']) await store.tx((sql) => spoolEvent(sql, event(id), 'k'));
  await store.tx((sql) => spoolEvent(sql, event('e0'), 'another'));
  expect(await firstEventOf(store, 's')).toBe('e1');
  await appendItem(store, {
    session: 's',
    event: 'e1',
    at: 1,
    labels: { integrity: 'owner', confidentiality: 'public' },
    item: { role: 'user', text: 'x', sender: 'x' },
  });
  expect(await firstEventOf(store, 's')).toBe('e1');
});
