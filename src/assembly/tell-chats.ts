import { hintFor } from '../base/hint.ts';
import { type Address, addressKey } from '../domain/address.ts';
import { queueText } from '../outbox/queue.ts';
import type { Channels } from './channels.ts';
import { ownerChats } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export interface ChatParts {
  readonly records: Pick<Records, 'store' | 'bus' | 'people'>;
  readonly channels: Pick<Channels, 'facts'>;
}

/** Queues a text for every chat of the owner, once for each `id`; not for the chat that hears it otherwise. */
export async function tellChats(
  { clock, paths }: Pick<AtomOptions, 'clock' | 'paths'>,
  { records, channels }: ChatParts,
  { id, text, except }: { readonly id: string; readonly text: string; readonly except?: Address },
): Promise<void> {
  const chats = await ownerChats(records.people, records.store);
  const at = clock.now();
  await records.store.tx(async (sql) => {
    for (const to of chats.filter((chat) => !except || addressKey(chat) !== addressKey(except)))
      await queueText(sql, channels.facts(to.channel), {
        id: `${id}:${to.channel}:${to.peer}`,
        to,
        text: hintFor(paths.profile, text),
        at,
      });
  });
  records.bus.tell('outbound', undefined);
}
