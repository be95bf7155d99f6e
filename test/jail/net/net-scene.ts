import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import type { LaunchResult } from '../../../src/domain/jail.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import type { NetworkDeps } from '../../../src/jail/net/network.ts';
import type { LauncherDeps, PinnedRequest } from '../../../src/jail/request.ts';
import { makeScene, type Scene } from '../scene.ts';

/** An address of the public internet, for names that lead to a server of the test. Never dialled. */
export const PUBLIC = '93.184.215.14';

/** What names mean in a test, and where each public address really leads: a port on loopback. */
export interface World {
  /** Addresses of a name. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** The port behind `address:port`. */
  readonly servers: Readonly<Record<string, number>>;
}

/** A jail that may reach hosts of a world that is all on loopback. */
export interface NetScene extends Scene {
  /** What was dialled and looked up so far. */
  readonly dialled: string[];
  readonly asked: string[];
  readonly network: NetworkDeps;
  readonly netDeps: LauncherDeps;
  /** Runs a shell script that may speak to these hosts. */
  speak(
    hosts: readonly string[],
    script: string,
    more?: Partial<PinnedRequest>,
  ): Promise<LaunchResult>;
}

/** What is in `world` may change while it is used. */
export async function makeNetScene(world: World): Promise<NetScene> {
  const scene = await makeScene();
  const dialled: string[] = [];
  const asked: string[] = [];
  const network: NetworkDeps = {
    outside: worldOutside(world, { dialled, asked }),
    nodePath: process.execPath,
    handOverPath: resolve(import.meta.dirname, '../../../src/jail/net/hand-over.ts'),
  };
  const netDeps = { ...scene.deps, network };
  const launch = createLauncher(netDeps);
  return {
    ...scene,
    dialled,
    asked,
    network,
    netDeps,
    speak: (hosts, script, more = {}) => {
      const limits = { wallMs: 60_000, processes: 512, memoryBytes: 1024 ** 3, ...more.limits };
      const argv = ['/bin/sh', '-c', script];
      const request = { jail: scene.jail, cwd: scene.jail.folder, argv, speaksTo: hosts, ...more };
      return launch({ ...request, limits }, AbortSignal.timeout(90_000), () => undefined);
    },
  };
}

export function worldOutside(
  { names, servers }: World,
  { dialled = [], asked = [] }: { dialled?: string[]; asked?: string[] } = {},
): NetworkDeps['outside'] {
  return {
    resolve: async (host) => {
      asked.push(host);
      const found = names[host];
      if (!found) throw new Error('no such name');
      return found;
    },
    dial: (address, port) => {
      const to = `${address}:${port}`;
      dialled.push(to);
      const real = servers[to];
      return real === undefined ? Promise.reject(new Error('unreachable')) : open(real);
    },
  };
}

function open(port: number): Promise<Socket> {
  const { promise, resolve: done, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.once('error', reject).once('connect', () => done(socket));
  return promise;
}
