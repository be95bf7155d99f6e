import { expect, test } from 'vitest';
import { outboxItem, queueMessage } from '../../src/store/tables/outbox.ts';
import { freshStore } from './fresh.ts';

test('the words of a secret message that waits are shown to nobody who lists the queue', async () => {
  const { store } = await freshStore();
  const to = { channel: 'telegram', account: 'a', peer: '42' };
  const draft = { id: 'm1', to, text: 'the-setup-code', buttons: [], secret: true, at: 1 };
  await store.tx((sql) => queueMessage(sql, draft, 'telegram/a/42'));
  expect(await outboxItem(store, 'm1')).toMatchObject({ text: '••••' });
});
