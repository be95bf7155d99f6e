import { AtomError } from '../../base/errors.ts';
import { discordChats } from '../../store/tables/discord.ts';
import { troubleOf } from './errors.ts';
import type { Line, Payload } from './line.ts';
import { messagesSince } from './missed.ts';
import { accept, readable } from './take.ts';

/** Clocks differ: what was written shortly before is looked through again, and known by its id. */
const SLACK_MS = 600_000;

/** Before anything of a new session: what was written since the moment by which all had been accepted. */
export function catchUp(line: Line, guilds: readonly string[]): void {
  const { place } = line;
  const since = place.provedAt();
  if (since === undefined) place.complete();
  else pushMissed(line, guilds, since);
}

function pushMissed(line: Line, guilds: readonly string[], since: number): void {
  const { place, intake } = line;
  intake.push(async () => {
    for (const d of await missed(line, guilds, since - SLACK_MS)) {
      const payload = { t: 'MESSAGE_CREATE', d } as Payload;
      const event = readable(line, payload);
      if (event) await accept(line, event, payload);
    }
    place.complete();
  });
}

async function missed(
  { deps, me, access, signal }: Line,
  guilds: readonly string[],
  since: number,
) {
  const { token, log, store, allow: people } = deps;
  const chats = (await discordChats(store, me.user.id)).map(({ channel }) => channel);
  try {
    return await messagesSince({ token, access, log, guilds, chats, people }, since, signal);
  } catch (cause) {
    const { words } = troubleOf(cause, token);
    throw new AtomError('failed', `what was missed could not be fetched (${words})`, { cause });
  }
}
