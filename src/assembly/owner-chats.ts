import { type Address, addressKey } from '../domain/address.ts';
import { speaksForOwner } from '../domain/device.ts';
import { chatOf, deviceAs } from '../domain/sender.ts';
import type { Store } from '../domain/store.ts';
import type { People } from '../governance/people/people.ts';
import { deviceById } from '../store/tables/devices.ts';
import { sessionsStarting } from '../store/tables/sessions.ts';

/** The direct chats of owners: those in which one has written and still may, or was paired. */
export async function ownerChats(
  people: Pick<People, 'roleOf' | 'list'>,
  store: Store,
): Promise<readonly Address[]> {
  const written = (await sessionsStarting(store, ''))
    .filter(({ key }) => key.split(':')[1] === 'dm')
    .map(({ home }) => home);
  const paired = people.list().flatMap((sender) => chatOf(sender) ?? []);
  const owned = [...written, ...paired].filter((chat) => isOwnersChat(people, chat));
  return [...new Map(owned.map((chat) => [addressKey(chat), chat])).values()];
}

/** True for a direct chat with an owner: its peer is their fixed id. */
export const isOwnersChat = (
  { roleOf }: Pick<People, 'roleOf'>,
  { channel, account, peer }: Address,
): boolean => roleOf({ channel, account, id: peer }) === 'owner';

/** True where an owner reads alone: a direct chat with one, and a device that still speaks for one. */
export async function isOwnersAlone(
  { people, store }: { readonly people: Pick<People, 'roleOf'>; readonly store: Store },
  chat: Address,
): Promise<boolean> {
  if (chat.channel !== 'device') return isOwnersChat(people, chat);
  const device = await deviceById(store, chat.peer);
  const isTheirs = (people.roleOf(deviceAs(chat.peer)) ?? 'owner') === 'owner';
  return (
    device !== undefined && device.revokedAt === undefined && speaksForOwner(device) && isTheirs
  );
}

/** The same, and true for the terminal: where the owner may be told what a job of theirs found. */
export const isOwnersPlace = async (
  deps: Parameters<typeof isOwnersAlone>[0],
  place: Address,
): Promise<boolean> => place.channel === 'terminal' || isOwnersAlone(deps, place);
