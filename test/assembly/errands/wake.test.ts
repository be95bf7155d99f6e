import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
    (await newestPosts(store, 10)).find(({ replyTo }) => replyTo !== undefined),
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
