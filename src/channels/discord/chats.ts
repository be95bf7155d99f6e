import type { Address } from '../../domain/address.ts';
import { SendError } from '../../domain/channel.ts';
import type { Store } from '../../domain/store.ts';
import { discordChat, keepDiscordChat } from '../../store/tables/discord.ts';
import { type Access, directChat } from './api.ts';
import { isSnowflake } from './snowflake.ts';

/** Where messages go: the channel in a guild, or the direct chat with a person. */
export interface Chats {
  /** The channel of an address. Asks Discord for a direct chat that is not known; throws SendError `refused`. */
  channelOf(to: Address, signal: AbortSignal): Promise<string>;
  /** Keeps in which channel a person writes to us alone. */
  learn(
    account: string,
    chat: { readonly person: string; readonly channel: string },
  ): Promise<void>;
}

export interface ChatDeps {
  readonly store: Store;
  readonly access: () => Promise<Access>;
}

export function createChats({ store, access }: ChatDeps): Chats {
  const known = new Map<string, string>();
  const learn: Chats['learn'] = async (account, chat) => {
    if (known.get(chat.person) === chat.channel) return;
    await keepDiscordChat(store, account, chat);
    known.set(chat.person, chat.channel);
  };
  return {
    learn,
    async channelOf({ account, peer, thread }, signal) {
      if (thread !== undefined) return snowflake(thread, 'channel');
      const person = snowflake(peer, 'person');
      const found = known.get(person) ?? (await discordChat(store, account, person));
      if (found !== undefined) return found;
      const channel = await directChat(await access(), person, signal);
      await learn(account, { person, channel });
      return channel;
    },
  };
}

/** A name in place of an id could belong to somebody else tomorrow. */
function snowflake(id: string, what: string): string {
  if (isSnowflake(id)) return id;
  throw new SendError({ kind: 'refused', reason: `${id} is not the id of a Discord ${what}` });
}
