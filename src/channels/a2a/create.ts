import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { a2aFacts } from './facts.ts';
import { createHook, type HookDeps } from './hook.ts';

export type A2aDeps = Omit<HookDeps, 'accept'>;

/** Agents of other people that speak to ours. There is nobody to connect to: it is ready at once. */
export function createA2a(deps: A2aDeps): Channel {
  let hooks: ChannelHooks | undefined;
  return {
    facts: a2aFacts,
    hook: createHook({ ...deps, accept: () => hooks?.accept }),
    open(given) {
      hooks ??= given;
      const identity = deps.remotes.map(({ name }) => name).join(', ');
      hooks.health({ state: 'ready', identity });
    },
    // Whoever asked comes for it.
    send: async ({ id }) => ({ externalId: id }),
    async close() {
      hooks = undefined;
    },
  };
}
