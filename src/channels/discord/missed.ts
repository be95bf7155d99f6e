import type { API } from '@discordjs/core';
import type { Log } from '../../base/log.ts';
import { sleep } from '../../base/wait.ts';
import { type Access, directChat } from './api.ts';
import { troubleOf } from './errors.ts';
import type { Written } from './events.ts';
import { byAge, idBefore } from './snowflake.ts';

export interface MissedDeps {
  readonly token: string;
  readonly access: Access;
  readonly log: Log;
  /** The direct chats that are known. */
  readonly chats: readonly string[];
  /** People whose direct chats are looked into as well. */
  readonly people: readonly string[];
  /** The servers that we are in. */
  readonly guilds: readonly string[];
}

/** discord.com/developers/docs/resources/message#get-channel-messages: so many at a time. */
const PAGE = 100;
const MOST_PAGES = 10;
const MOST_GUILDS = 20;
const MOST_CHANNELS = 50;

/**
 * What was written since a moment, oldest first: in the direct chats and in the channels and threads of the
 * servers that we see. For where Discord began a new session, which sends nothing of it. Pressed buttons and
 * commands are not kept by Discord. Rejects where Discord cannot be asked.
 */
export async function messagesSince(
  deps: MissedDeps,
  at: number,
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const after = idBefore(at);
  const places = [
    ...(await directPlaces(deps, signal)),
    ...(await guildPlaces(deps, after, signal)),
  ];
  const found: Written[] = [];
  for (const place of places) found.push(...(await messagesIn(deps, { ...place, after }, signal)));
  return found.sort((a, b) => byAge(a.id, b.id));
}

interface Place {
  readonly channel: string;
  readonly guild?: string;
}

async function directPlaces(deps: MissedDeps, signal: AbortSignal): Promise<readonly Place[]> {
  const channels = new Set(deps.chats);
  for (const person of deps.people) {
    const chat = await ask(deps, () => directChat(deps.access, person, signal), signal);
    if (chat !== undefined) channels.add(chat);
  }
  return [...channels].map((channel) => ({ channel }));
}

/** Where something was written since, newest places first; of the others there is nothing to fetch. */
async function guildPlaces(
  deps: MissedDeps,
  after: string,
  signal: AbortSignal,
): Promise<readonly Place[]> {
  const found: (Place & { readonly last: string })[] = [];
  for (const guild of deps.guilds.slice(0, MOST_GUILDS)) {
    const channels = await ask(deps, (api) => api.guilds.getChannels(guild, { signal }), signal);
    const threads = await ask(
      deps,
      (api) => api.guilds.getActiveThreads(guild, { signal }),
      signal,
    );
    for (const one of [...(channels ?? []), ...(threads?.threads ?? [])]) {
      const last = 'last_message_id' in one ? one.last_message_id : undefined;
      if (last && byAge(last, after) > 0) found.push({ guild, channel: one.id, last });
    }
  }
  const newest = found.sort((a, b) => byAge(b.last, a.last));
  if (newest.length > MOST_CHANNELS)
    deps.log.warn('not all channels were looked through for what was missed', {
      channels: newest.length,
      looked: MOST_CHANNELS,
    });
  return newest.slice(0, MOST_CHANNELS);
}

async function messagesIn(
  deps: MissedDeps,
  { channel, guild, after }: Place & { readonly after: string },
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const found: Written[] = [];
  let last = after;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { after: last, limit: PAGE };
    const some = await ask(
      deps,
      (api) => api.channels.getMessages(channel, query, { signal }),
      signal,
    );
    const messages = (some ?? []).toSorted((a, b) => byAge(a.id, b.id));
    found.push(...messages.map((one) => (guild === undefined ? one : { ...one, guild_id: guild })));
    last = messages.at(-1)?.id ?? last;
    if (messages.length < PAGE) return found;
  }
  deps.log.warn('more was written than is looked through for what was missed', { channel });
  return found;
}

/** Waits where Discord asks to; undefined where it does not let us see that. */
async function ask<T>(
  { token, access }: MissedDeps,
  call: (api: API) => Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  for (;;) {
    try {
      return await call(access.api);
    } catch (thrown) {
      const trouble = troubleOf(thrown, token);
      if (trouble.kind === 'answer' && [400, 403, 404].includes(trouble.status)) return undefined;
      if (trouble.kind !== 'limit') throw thrown;
      await sleep(trouble.retryMs, signal);
    }
  }
}
