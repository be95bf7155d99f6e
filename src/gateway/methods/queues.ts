import { shownItem } from '../../assembly/sight.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { QueueItem, QueueName } from '../../domain/queue-item.ts';
import type { Sql } from '../../domain/store.ts';
import {
  dropLetter,
  reviveLetter,
  spoolItem,
  spoolItems,
} from '../../store/tables/dead-letters.ts';
import { dropMessage, outboxItem, outboxItems, requeueMessage } from '../../store/tables/outbox.ts';
import type { Methods } from '../kernel.ts';

type Wish = { readonly queue: QueueName; readonly id: string };

/** What waits and what was given up, and the owner’s word on it, which is on the record. */
export const queueMethods = (
  atom: Atom,
): Pick<Methods, 'queue.list' | 'queue.show' | 'queue.retry' | 'queue.drop'> => {
  const { store, users } = atom.records;
  const shown = (item: QueueItem): Promise<QueueItem> => shownItem({ users, sql: store }, item);
  return {
    'queue.list': async ({ queue, ...wish }) => {
      const items = await (queue === 'spool' ? spoolItems : outboxItems)(store, wish);
      return { items: await Promise.all(items.map(shown)) };
    },
    'queue.show': async (wish) => ({ item: await shown(await find(store, wish)) }),
    'queue.retry': (wish) => settle(atom, wish, 'retried'),
    'queue.drop': (wish) => settle(atom, wish, 'dropped'),
  };
};

async function settle(
  { records, options }: Atom,
  wish: Wish,
  how: 'retried' | 'dropped',
): Promise<{ readonly id: string }> {
  const { store, audit, bus } = records;
  const fresh = { id: newId(), at: options.clock.now() };
  const id = await store.tx(async (sql) => {
    await find(sql, wish);
    const done = how === 'retried' ? await retry(sql, wish, fresh) : await drop(sql, wish);
    if (!done) throw refusal(wish, how);
    await audit(sql, `${wish.queue}.${how}`, { id: wish.id, by: 'owner' });
    return how === 'retried' && wish.queue === 'spool' ? fresh.id : wish.id;
  });
  bus.tell(wish.queue === 'spool' ? 'inbound' : 'outbound', undefined);
  return { id };
}

const retry = (
  sql: Sql,
  { queue, id }: Wish,
  fresh: { readonly id: string; readonly at: number },
): Promise<boolean> => (queue === 'spool' ? reviveLetter(sql, id, fresh) : requeueMessage(sql, id));

const drop = (sql: Sql, { queue, id }: Wish): Promise<boolean> =>
  queue === 'spool' ? dropLetter(sql, id) : dropMessage(sql, id);

async function find(sql: Sql, { queue, id }: Wish): Promise<QueueItem> {
  const item = await (queue === 'spool' ? spoolItem : outboxItem)(sql, id);
  if (item) return item;
  throw new AtomError('not-found', `There is no message ${id} in the ${queue}.`, {
    next: [`atom ${queue} list`],
  });
}

const refusal = ({ queue, id }: Wish, how: 'retried' | 'dropped'): AtomError =>
  new AtomError(
    'usage',
    how === 'retried'
      ? `${id} was not given up, so there is nothing to try again.`
      : `${id} is under way or ended already, so it is not dropped.`,
    { next: [`atom ${queue} show ${id}`] },
  );
