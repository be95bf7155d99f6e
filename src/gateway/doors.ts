import type { AtomOptions } from '../assembly/parts.ts';
import type { Atom } from '../atom.ts';
import { newId } from '../base/ids.ts';
import type { Hub } from './hub.ts';
import type { Kernel } from './kernel.ts';
import { type Network, openNetwork } from './network/network.ts';
import { createRepeats } from './repeats.ts';
import { createRoutes } from './routes.ts';
import { serveOn } from './socket/serve.ts';
import { openWebhooks, type Webhooks } from './webhooks/webhooks.ts';

/** The ways into the gateway: the profile's own socket, the port for devices and programs, that of webhooks. */
export interface Doors {
  /** The ports; nothing is listened on before their `settle`. */
  ports(atom: Atom): Ports;
  /** Lets go of the socket. */
  close(): Promise<void>;
}

export interface Ports {
  readonly network: Network;
  /** Where platforms call. */
  readonly webhooks: Webhooks;
}

export interface DoorsDeps
  extends Pick<AtomOptions, 'config' | 'paths' | 'clock' | 'log' | 'metrics'> {
  readonly kernel: Kernel;
  readonly hub: Hub;
}

/** Takes the profile's socket. Throws AtomError `already-running` where another gateway holds it. */
export async function openDoors(deps: DoorsDeps): Promise<Doors> {
  const { clock, log } = deps;
  const connection = { ...deps, repeats: createRepeats(clock) };
  const listening = await serveOn(deps.paths.socket, connection);
  return {
    ports: (atom) => {
      const { credentials } = atom.devices;
      const network = openNetwork({
        endpoint: deps.config.gateway,
        credentials,
        connection,
        clock,
        routes: createRoutes(atom, credentials),
        log: log.part('network'),
        onBurst: (burst) => {
          atom.records.store
            .tx((sql) => atom.records.audit(sql, 'gateway.guessed', { ...burst }))
            .catch((error: unknown) => log.error(`not recorded: ${String(error)}`));
        },
        alert: (words) => atom.records.bus.tell('limit.reached', { id: `guess:${newId()}`, words }),
      });
      atom.devices.listensBy(network.settle);
      const webhooks = openWebhooks({
        place: deps.config.webhooks,
        hooks: atom.channels.hooks,
        clock,
        log: log.part('webhooks'),
        onAnswered: deps.metrics.hooked,
      });
      return { network, webhooks };
    },
    close: listening.close,
  };
}
