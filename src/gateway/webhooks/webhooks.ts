import type { Log } from '../../base/log.ts';
import type { NetworkStatus } from '../../protocol/status.ts';
import { listenOn } from '../network/listener.ts';
import { createPort } from '../network/port.ts';
import type { HookPlace } from './public-url.ts';
import { createRefusals } from './refusals.ts';
import type { HookServerDeps } from './server.ts';

export interface WebhooksDeps extends Omit<HookServerDeps, 'tls' | 'refusals'> {
  readonly log: Log;
}

/** The port for the webhooks of platforms. It is open only where a channel takes any. */
export interface Webhooks {
  status(): NetworkStatus;
  settle(): Promise<NetworkStatus>;
  /** Takes no more, and waits for those that are being answered. */
  close(): Promise<void>;
}

export function openWebhooks(deps: WebhooksDeps): Webhooks {
  const { place, hooks, log } = deps;
  const refusals = createRefusals(log);
  const port = createPort({
    needed: () => hooks().size > 0,
    open: () =>
      listenOn({ ...place, setting: 'webhooks' }, async (tls) => {
        const { openHookServer } = await import('./server.ts');
        return openHookServer({ ...deps, tls, refusals });
      }),
    urlOf: (number) => hookUrl(place, number),
    onOpen: (url) => log.info(`listening on ${url} for webhooks`, { of: [...hooks().keys()] }),
    onShut: () => log.info('no channel takes webhooks: the port is closed'),
    onFailed: ({ message, next }) =>
      log.error(`no webhook is taken: ${message}`, { next: [...next] }),
  });
  return {
    status: port.status,
    settle: port.settle,
    close: async () => {
      await port.close();
      refusals.close();
    },
  };
}

/** What platforms are told, as far as `/hooks/`. */
const hookUrl = ({ publicUrl, host, tls }: HookPlace, port: number): string =>
  publicUrl ?? `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
