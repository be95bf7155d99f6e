import type { ChannelHooks } from '../../domain/channel.ts';
import { type Access, identify } from './api.ts';
import { catchUp } from './catch-up.ts';
import { closeWords, fatalWords } from './closes.ts';
import { connect } from './connection.ts';
import { createIntake } from './intake.ts';
import type { Line, LineDeps } from './line.ts';
import { gatewayCheck, openPlace } from './place.ts';
import { registerCommands } from './register.ts';
import { keepPlace, take } from './take.ts';

export interface ReceiveDeps extends LineDeps {
  readonly apiRoot: string | undefined;
  readonly intents: number;
  access(): Promise<Access>;
  readonly hooks: Required<Pick<ChannelHooks, 'accept' | 'health' | 'attempt'>>;
}

/** One connection, with everything that came by it in its turn. */
export interface Receiving {
  /** Resolves with the reason once Discord will not have us back. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Connects and receives. Throws what the HTTP API throws. */
export async function receive(deps: ReceiveDeps, signal: AbortSignal): Promise<Receiving> {
  const { hooks, clock, token, intents } = deps;
  const access = await deps.access();
  const me = await identify(access, signal);
  const isGateway = gatewayCheck(deps.apiRoot);
  const place = await openPlace({ store: deps.store, account: me.user.id, isGateway, intents });
  const identity = `@${me.user.username} (${me.user.id})`;
  const ready = (): void => hooks.health({ state: 'ready', identity });
  const retrying = (reason: string): void => hooks.health({ state: 'retrying', reason });
  const intake = createIntake({ trouble: retrying, healed: ready });
  const ended = Promise.withResolvers<string>();
  const line: Line = { deps, me, place, intake, access, signal, accepted: new Set() };
  const connection = await connect({
    token,
    intents,
    access,
    place,
    isGateway,
    tell: {
      attempt: hooks.attempt,
      began(guilds) {
        ready();
        catchUp(line, guilds);
      },
      resumed: ready,
      dispatch: (payload) => take(line, payload),
      alive: () => keepPlace(line),
      closed(code, lastError) {
        const fatal = fatalWords(code);
        if (fatal === undefined) retrying(`${closeWords(code, lastError)}; connecting again`);
        else ended.resolve(fatal);
      },
    },
  });
  if (place.provedAt() === undefined) await place.keep(clock.now());
  void registerCommands(deps, access, me.application);
  return {
    ended: ended.promise,
    async stop() {
      await connection.close();
      await intake.stop();
      await place.keep(intake.idle() ? clock.now() : undefined);
    },
  };
}
