import { ownChannelName } from '../domain/own-channel.ts';
import type { Role } from '../domain/role.ts';
import type { Config } from './schema.ts';

/** Who is known by the settings alone, by their fixed ids, and as what. */
export type Listed = ReadonlyMap<string, Role>;

/** By the name of the channel: the owners that `allow` names, the programs of `webhook`, the guests of `a2a`. */
export function listedIn(channels: Config['channels']): ReadonlyMap<string, Listed> {
  const { webhook, a2a, own = {}, ...chats } = channels;
  const written = Object.entries(own).map(
    ([folder, settings]) => [ownChannelName(folder), settings] as const,
  );
  const owners = [...Object.entries(chats), ...written].map(
    ([name, settings]) =>
      [name, new Map((settings?.allow ?? []).map((id) => [id, 'owner' as const]))] as const,
  );
  const programs = new Map((webhook?.sources ?? []).map(({ name, role }) => [name, role]));
  // Whatever they say of themselves: agents elsewhere are guests.
  const remotes = a2a?.remotes.map(({ name }) => [name, 'guest' as const] as const);
  return new Map<string, Listed>([
    ...[...owners, ['webhook', programs] as const],
    ...(remotes ? [['a2a', new Map(remotes)] as const] : []),
  ]);
}
