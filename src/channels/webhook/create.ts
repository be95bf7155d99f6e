import type { Clock } from '../../base/clock.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { webhookFacts } from './facts.ts';
import { createHook } from './hook.ts';
import { postAnswer } from './send.ts';
import type { Source } from './source.ts';

export interface WebhookDeps {
  readonly sources: readonly Source[];
  readonly clock: Clock;
  newId(): string;
}

/** Programs that post to us, and are answered likewise. There is nobody to connect to: it is ready at once. */
export function createWebhook(deps: WebhookDeps): Channel {
  let hooks: ChannelHooks | undefined;
  const identity = deps.sources.map(({ name }) => name).join(', ');
  const ready = (): void => hooks?.health({ state: 'ready', identity });
  return {
    facts: webhookFacts,
    hook: createHook({ ...deps, accept: () => hooks?.accept, heard: ready }),
    open(given) {
      hooks ??= given;
      ready();
    },
    send: async (message, signal) => ({ externalId: await postAnswer(deps, message, signal) }),
    async close() {
      hooks = undefined;
    },
  };
}
