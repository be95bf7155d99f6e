import type { Role } from '../domain/role.ts';
import type { Config } from './schema.ts';

/** Who is known by the settings alone, by their fixed ids, and as what. */
export type Listed = ReadonlyMap<string, Role>;

/** By the name of the channel: the owners that `allow` names, and the programs of `webhook`. */
export function listedIn(channels: Config['channels']): ReadonlyMap<string, Listed> {
  const { webhook, ...chats } = channels;
  const owners = Object.entries(chats).map(
    ([name, settings]) =>
      [name, new Map((settings?.allow ?? []).map((id) => [id, 'owner' as const]))] as const,
  );
  const programs = new Map((webhook?.sources ?? []).map(({ name, role }) => [name, role]));
  return new Map<string, Listed>([...owners, ['webhook', programs]]);
}
