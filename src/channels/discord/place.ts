import type { SessionInfo } from '@discordjs/ws';
import type { Store } from '../../domain/store.ts';
import {
  discordPlace,
  type KeptPlace,
  type KeptSession,
  keepDiscordPlace,
} from '../../store/tables/discord.ts';

/**
 * Where we stand with the gateway. The library counts what it received; this counts what was accepted, and
 * gives the library that number: so Discord sends again what a crash or a full disk kept from being stored.
 */
export interface GatewayPlace {
  /** When everything up to then had been accepted; undefined for a bot that never was connected. */
  provedAt(): number | undefined;
  session(): SessionInfo | null;
  /** What the library notes: a new session, the end of one (null), or a number that it received. */
  note(info: SessionInfo | null): void;
  /** Everything up to this number of a session was accepted. */
  accepted(of: Pick<SessionInfo, 'sessionId' | 'sequence'>): void;
  /** What came before the session was accepted too: only from now on it is kept. */
  complete(): void;
  /** Makes it durable. `provedAt`: everything written before that was accepted. */
  keep(provedAt?: number): Promise<void>;
  /** From now on nothing ends the session here: the next start takes it up again. */
  freeze(): void;
}

export interface PlaceDeps {
  readonly store: Store;
  readonly account: string;
  /** Which address of a gateway may be given the token. */
  readonly isGateway: (url: string) => boolean;
  /** What is asked for; a session that was begun with anything else is not taken up again. */
  readonly intents: number;
}

export async function openPlace(deps: PlaceDeps): Promise<GatewayPlace> {
  const { store, account, isGateway, intents } = deps;
  const kept = await discordPlace(store, account);
  let session = kept && infoOf(kept, deps);
  let provedAt = kept?.provedAt;
  let isComplete = true;
  let isFrozen = false;
  return {
    provedAt: () => provedAt,
    session: () => session ?? null,
    note(info) {
      if (isFrozen || info?.sessionId === session?.sessionId) return;
      session = info && isGateway(info.resumeURL) ? info : undefined;
      isComplete = false;
    },
    accepted({ sessionId, sequence }) {
      if (session?.sessionId !== sessionId || sequence <= session.sequence) return;
      session = { ...session, sequence };
    },
    complete() {
      isComplete = true;
    },
    async keep(at = provedAt) {
      provedAt = at;
      const kept = isComplete && session ? { session: sessionOf(session, intents) } : {};
      if (at !== undefined) await keepDiscordPlace(store, account, { ...kept, provedAt: at });
    },
    freeze() {
      isFrozen = true;
    },
  };
}

/** One bot of one person is in so few guilds that it never has a second shard. */
export const SHARDS = 1;

function infoOf({ session }: KeptPlace, { isGateway, intents }: PlaceDeps) {
  if (!session || session.intents !== intents || !isGateway(session.resumeUrl)) return undefined;
  return {
    sessionId: session.session,
    resumeURL: session.resumeUrl,
    sequence: session.sequence,
    shardId: 0,
    shardCount: SHARDS,
  };
}

const sessionOf = (
  { sessionId, resumeURL, sequence }: SessionInfo,
  intents: number,
): KeptSession => ({ session: sessionId, resumeUrl: resumeURL, sequence, intents });

/** Discord's own gateways, by TLS; with an HTTP API somewhere else, whatever is at that host. */
export function gatewayCheck(apiRoot: string | undefined): (url: string) => boolean {
  const own = apiRoot === undefined ? undefined : URL.parse(apiRoot);
  return (text) => {
    const url = URL.parse(text);
    if (!url || (url.protocol !== 'wss:' && url.protocol !== 'ws:')) return false;
    if (own) return url.hostname === own.hostname;
    return url.protocol === 'wss:' && /(^|\.)discord\.gg$/.test(url.hostname);
  };
}
