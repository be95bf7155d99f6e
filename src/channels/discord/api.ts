import type { API, APIUser } from '@discordjs/core';
import type { RESTOptions } from '@discordjs/rest';
import { textWithin } from '../answers.ts';
import { type FindFolder, type Libraries, loadLibraries } from './libraries.ts';

export interface DiscordAccess {
  readonly token: string;
  readonly find: FindFolder;
  /** Where the HTTP API is; Discord's own unless given. */
  readonly apiRoot: string | undefined;
}

/** Discord's HTTP API as one bot may use it. */
export interface Access {
  readonly api: API;
  readonly libraries: Libraries;
}

/** No call may take longer. */
const TIMEOUT_MS = 15_000;

/**
 * Loads the libraries and makes their client. Connects to nothing yet. It waits for no limit and repeats
 * nothing: what Discord puts off is told to whoever asked.
 */
export async function openApi({ token, apiRoot, find }: DiscordAccess): Promise<Access> {
  const libraries = await loadLibraries(find);
  const rest = new libraries.rest.REST({
    version: '10',
    timeout: TIMEOUT_MS,
    retries: 0,
    rejectOnRateLimit: () => true,
    makeRequest: bounded(libraries.rest.DefaultRestOptions.makeRequest),
    ...(apiRoot === undefined ? {} : { api: apiRoot.replace(/\/+$/, '') }),
  }).setToken(token);
  return { api: new libraries.core.API(rest), libraries };
}

type Ask = RESTOptions['makeRequest'];

/** Asks as the library would, and reads no answer that has no end. */
const bounded =
  (ask: Ask): Ask =>
  async (url, init) => {
    const { body, status, statusText, headers } = await ask(url, init);
    const text = await textWithin({ body });
    return new Response(text === '' ? null : text, { status, statusText, headers });
  };

/** Which bot a token is of. */
export interface Identity {
  readonly user: Pick<APIUser, 'id' | 'username'>;
  readonly application: string;
}

/**
 * Asks Discord whose the token is. Written out, here and for direct chats: the library makes `%40me` of `@me`,
 * which not everything that stands in for Discord reads.
 */
export async function identify({ api }: Access, signal: AbortSignal): Promise<Identity> {
  const user = (await api.rest.get('/users/@me', { signal })) as Identity['user'];
  const { id } = (await api.rest.get('/oauth2/applications/@me', { signal })) as { id: string };
  return { user, application: id };
}

/** The channel of the direct chat with a person; a new one where there is none yet. */
export async function directChat(
  { api }: Access,
  person: string,
  signal: AbortSignal,
): Promise<string> {
  const body = { recipient_id: person };
  return ((await api.rest.post('/users/@me/channels', { body, signal })) as { id: string }).id;
}
