import type { AtomOptions } from '../assembly/parts.ts';
import type { Atom } from '../atom.ts';
import { newId } from '../base/ids.ts';
import type { Hub } from './hub.ts';
import type { Kernel } from './kernel.ts';
import { type Network, openNetwork } from './network/network.ts';
import { createRepeats } from './repeats.ts';
import { serveOn } from './socket/serve.ts';

/** The ways into the gateway: the profile's own socket, and the port for devices and programs. */
export interface Doors {
  /** The port; nothing is listened on before its `settle`. */
  network(atom: Atom): Network;
  /** Lets go of the socket. */
  close(): Promise<void>;
}

export interface DoorsDeps extends Pick<AtomOptions, 'config' | 'paths' | 'clock' | 'log'> {
  readonly kernel: Kernel;
  readonly hub: Hub;
}

/** Takes the profile's socket. Throws AtomError `already-running` where another gateway holds it. */
export async function openDoors(deps: DoorsDeps): Promise<Doors> {
  const { clock, log } = deps;
  const connection = { ...deps, repeats: createRepeats(clock) };
  const listening = await serveOn(deps.paths.socket, connection);
  return {
    network: ({ records, devices }) => {
      const network = openNetwork({
        ...{ endpoint: deps.config.gateway, credentials: devices.credentials, connection, clock },
        routes: new Map(),
        log: log.part('network'),
        onBurst: (burst) => {
          records.store
            .tx((sql) => records.audit(sql, 'gateway.guessed', { ...burst }))
            .catch((error: unknown) => log.error(`not recorded: ${String(error)}`));
        },
        alert: (words) => records.bus.tell('limit.reached', { id: `guess:${newId()}`, words }),
      });
      devices.listensBy(network.settle);
      return network;
    },
    close: listening.close,
  };
}
