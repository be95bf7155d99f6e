import type { GatewayDispatchPayload, GatewayReadyDispatchData } from '@discordjs/core';
import type { WebSocketManager } from '@discordjs/ws';
import { backoff } from '../../base/backoff.ts';
import { AtomError, systemCode } from '../../base/errors.ts';
import { sleep, within } from '../../base/wait.ts';
import type { Access } from './api.ts';
import { type GatewayPlace, SHARDS } from './place.ts';

export interface ConnectionDeps {
  readonly token: string;
  readonly access: Access;
  readonly place: GatewayPlace;
  readonly isGateway: (url: string) => boolean;
  readonly intents: number;
  readonly wait?: typeof sleep;
  readonly tell: {
    /** Told before a try that is the first, or comes after a failure. */
    attempt(): void;
    /** A new session: Discord sends nothing of what came before. In these servers we are. */
    began(guilds: readonly string[]): void;
    /** The session goes on: what came meanwhile follows. */
    resumed(): void;
    dispatch(payload: GatewayDispatchPayload): void;
    /** Discord answered a heartbeat. */
    alive(): void;
    closed(code: number, lastError: string | undefined): void;
  };
}

export interface Connection {
  /** Goes away in a way that lets the session be taken up again. */
  close(): Promise<void>;
}

/** The library tries again every half second for ever; so often it may. */
const FREE_TRIES = 5;
const WAIT = { firstMs: 2000, capMs: 60_000 };
/** No status of Discord's own: one that begins with 10 would end the session. */
const LEAVING = 4200;
const GOODBYE_MS = 400;

/** Opens the gateway. Throws what the HTTP API throws, and AtomError `failed`; after that, it tells. */
export async function connect(deps: ConnectionDeps): Promise<Connection> {
  const { tell, place, wait = sleep } = deps;
  const closing = new AbortController();
  const information = await gatewayOf(deps);
  let isUp = false;
  let closes = 0;
  let lastError: string | undefined;
  /**
   * The library asks for the session before each try: the place to hold it. Once we are leaving it is held
   * for ever, or it would come back by itself.
   */
  const retrieveSessionInfo = async () => {
    if (isUp) return place.session();
    if (closes > 0) tell.attempt();
    if (closes > FREE_TRIES)
      await wait(backoff(WAIT, closes - FREE_TRIES), closing.signal).catch(() => undefined);
    return closing.signal.aborted ? new Promise<never>(() => undefined) : place.session();
  };
  const manager = new deps.access.libraries.ws.WebSocketManager({
    token: deps.token,
    intents: deps.intents,
    shardCount: SHARDS,
    rest: { get: async () => information } as never,
    retrieveSessionInfo,
    updateSessionInfo: (_shard: number, info) => place.note(info),
  });
  manager.on('hello', () => {
    isUp = true;
  });
  manager.on('ready', ({ guilds }: GatewayReadyDispatchData) =>
    tell.began(guilds.map(({ id }) => id)),
  );
  manager.on('resumed', tell.resumed);
  manager.on('dispatch', tell.dispatch);
  manager.on('heartbeat', () => {
    // Only what lasts is a connection: a session that ends at once is one of a thousand a day.
    closes = 0;
    tell.alive();
  });
  manager.on('socketError', (error) => {
    lastError = systemCode(error) ?? error.message;
  });
  // The code of the close says the same.
  manager.on('error', () => undefined);
  manager.on('closed', (code) => {
    isUp = false;
    closes += 1;
    if (!closing.signal.aborted) tell.closed(code, lastError);
    lastError = undefined;
  });
  // It resolves once it is connected and rejects where it never will be: `ready` and `closed` tell.
  manager.connect().catch(() => undefined);
  return {
    async close() {
      closing.abort();
      place.freeze();
      await Promise.allSettled([within(GOODBYE_MS, 'Discord', leave(manager))]);
    },
  };
}

const leave = async (manager: WebSocketManager): Promise<void> =>
  await manager.destroy({ code: LEAVING, reason: 'closing' });

async function gatewayOf({ access, isGateway }: ConnectionDeps) {
  const information = await access.api.gateway.getBot();
  if (!isGateway(information.url))
    throw new AtomError('failed', 'what answers for Discord names a gateway that is not Discord’s');
  const { remaining, reset_after: resetMs } = information.session_start_limit;
  if (remaining > 0) return information;
  const minutes = Math.ceil(resetMs / 60_000);
  throw new AtomError(
    'failed',
    `this bot has connected too often today; Discord lets it in again in ${minutes} min`,
  );
}
