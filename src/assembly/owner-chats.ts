import type { Address } from '../domain/address.ts';
import type { Store } from '../domain/store.ts';
import { sessionsStarting } from '../store/tables/sessions.ts';
import type { AtomOptions } from './parts.ts';

/** The direct chats in which the owner has written and still may. */
export async function ownerChats(
  { config }: Pick<AtomOptions, 'config'>,
  store: Store,
): Promise<readonly Address[]> {
  const allowed = config.channels.telegram?.allow ?? [];
  const sessions = await sessionsStarting(store, 'telegram:dm:');
  return sessions.map(({ home }) => home).filter(({ peer }) => allowed.includes(peer));
}
