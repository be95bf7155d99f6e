import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { InboundEvent } from '../../src/domain/event.ts';
import { openSqlite } from '../../src/store/drivers/sqlite.ts';
import { MIGRATIONS } from '../../src/store/migrations/all.ts';
import { migrate } from '../../src/store/migrations/run.ts';
import { markHandled, spoolEvent, waitingInShare } from '../../src/store/tables/spool.ts';
import { freshFolder } from './fresh.ts';

interface Said {
  readonly id: string;
  readonly sender: string;
  readonly thread?: string;
}

const eventOf = ({ id, sender, thread }: Said): InboundEvent => ({
  id,
  externalId: id,
  kind: 'message',
  text: 'hello',
  media: [],
  at: 1,
  from: {
    channel: 'slack',
    account: 'team',
    peer: 'c1',
    ...(thread === undefined ? {} : { thread }),
  },
  sender: { id: sender },
  isGroup: true,
  mentionsMe: true,
});

const SAID: readonly (Said & { readonly state?: 'handled' })[] = [
  { id: 'a1', sender: 'ann', thread: '1' },
  { id: 'a2', sender: 'ann', thread: '2' },
  { id: 'a3', sender: 'ann', thread: '2', state: 'handled' },
  { id: 'a4', sender: 'ann' },
  { id: 'b1', sender: 'bob', thread: '1' },
  { id: 't1', sender: 'team', thread: '1' },
];

const share = (sender: string) => eventOf({ id: 'new', sender, thread: 'new' });

it('counts what waited when an older atom stopped, and what came since', async () => {
  const store = openSqlite({ file: join(freshFolder(), 'atom.db'), readOnly: false });
  onTestFinished(() => store.close());
  await migrate(
    store,
    MIGRATIONS.filter(({ version }) => version < 44),
  );
  for (const { state = 'waiting', ...said } of SAID)
    await store.run(
      `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
       VALUES($1, 'slack', 'team', $1, 'lane', $2, $3, 1)`,
      ...[said.id, JSON.stringify(eventOf(said)), state],
    );
  await migrate(store, MIGRATIONS);
  expect(await waitingInShare(store, share('ann'))).toBe(2);
  expect(await waitingInShare(store, share('bob'))).toBe(1);

  await store.tx((sql) => spoolEvent(sql, share('ann'), 'lane'));
  expect(await waitingInShare(store, share('ann'))).toBe(3);
  for (const id of ['a1', 'new']) await markHandled(store, id, 'replied');
  expect(await waitingInShare(store, share('ann'))).toBe(1);
});

it('gives no share to what is in no thread, or comes from whom the account is for', async () => {
  const store = openSqlite({ file: join(freshFolder(), 'atom.db'), readOnly: false });
  onTestFinished(() => store.close());
  await migrate(store, MIGRATIONS);
  for (const said of SAID) await store.tx((sql) => spoolEvent(sql, eventOf(said), 'lane'));
  expect(
    await store.all('SELECT id, share FROM spool WHERE share IS NOT NULL ORDER BY id'),
  ).toEqual(
    ['a1', 'a2', 'a3', 'b1'].map((id) => ({ id, share: id.startsWith('a') ? 'ann' : 'bob' })),
  );
  expect(await waitingInShare(store, share('team'))).toBe(0);
  expect(await waitingInShare(store, eventOf({ id: 'new', sender: 'ann' }))).toBe(0);
});
