import { AtomError } from '../../base/errors.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { keepRunning, proving, soon } from '../running.ts';
import { callsWith, type SlackAccess } from './api.ts';
import { createHook } from './hook.ts';
import { createIntake, type IntakeDeps } from './intake.ts';
import { identityOf, introduce, type Me } from './me.ts';
import { follow } from './socket.ts';

export interface ReceivingDeps extends SlackAccess, Omit<IntakeDeps, 'me' | 'accept'> {
  /** How Slack brings what happens: over a connection of ours, or to an address of ours. */
  readonly way:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'webhook'; readonly signingSecret: string };
}

/** What of a channel receives. */
export function createReceiving(deps: ReceivingDeps): Pick<Channel, 'hook' | 'open' | 'close'> {
  const { call, way } = deps;
  let hooks: ChannelHooks | undefined;
  let stop: AbortController | undefined;
  let known: Me | undefined;
  let running: Promise<void> | undefined;
  const me = async (): Promise<Me> => {
    known ??= await introduce(call, soon()).catch((cause: unknown) => {
      throw new AtomError('unavailable', `Slack does not say who we are: ${cause}`, { cause });
    });
    return known;
  };
  const heard = (): void => {
    if (known) hooks?.health({ state: 'ready', identity: identityOf(known) });
  };
  const intake = createIntake({ ...deps, me, accept: () => hooks?.accept });
  const ask = async (signal: AbortSignal): Promise<void> => {
    known = await introduce(call, signal);
  };
  const round =
    way.kind === 'webhook'
      ? proving(ask, heard)
      : async (signal: AbortSignal): Promise<void> => {
          await ask(soon(signal));
          const open = callsWith({ ...deps, botToken: way.appToken });
          return follow({ open, intake, heard }, signal);
        };
  return {
    ...(way.kind === 'webhook' && {
      hook: createHook({ ...deps, signingSecret: way.signingSecret, intake, heard }),
    }),
    open(given) {
      if (hooks) return;
      hooks = given;
      stop = new AbortController();
      running = keepRunning(round, hooks, stop.signal);
    },
    async close() {
      stop?.abort();
      hooks = undefined;
      await running;
    },
  };
}
