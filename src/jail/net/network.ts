import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, Server } from 'node:net';
import { extname } from 'node:path';
import { randomKey } from '../../base/ids.ts';
import type { Contacts } from '../../domain/contacts.ts';
import type { Outside } from '../../domain/outside.ts';
import { JAIL_PORT, proxyEnv } from '../clean-env.ts';
import type { Mechanism } from '../mechanism.ts';
import { createLedger } from './ledger.ts';
import type { RunProxy } from './proxy.ts';
import { createReach } from './reach.ts';

/** What a jail needs to let a command reach hosts. */
export interface NetworkDeps {
  readonly outside: Outside;
  /** The Node that begins in the jail, and the file that it runs there. */
  readonly nodePath: string;
  readonly handOverPath: string;
}

/** The network of one run: a proxy, and how the command comes to it. */
export interface JailNetwork {
  /** What the command's environment says of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Files that are shown in the jail for it. */
  readonly lent: readonly { readonly host: string; readonly inside: string }[];
  /** Words before the command: a program that hands its listener over and then becomes the command. */
  readonly startedBy: readonly string[];
  /** The proxy's port on this machine's own loopback, where the jail shares that. */
  readonly port?: number;
  /** Takes over the listener of a child just started, and lets it become the command in this environment. */
  take(child: ChildProcess, env: Readonly<Record<string, string>>): void;
  /** False until the proxy answers in the jail. */
  isOpen(): boolean;
  contacts(): Contacts;
  /** Ends the proxy and every connection through it. */
  close(): void;
}

/** Whom a run may speak to. */
export interface Speaking {
  readonly jail: string;
  readonly hosts: readonly string[];
  /** Servers of this machine or of networks of the owner's, with their ports; none where absent. */
  readonly ownServers?: readonly string[];
}

/**
 * A proxy that lets one run speak to these hosts. Where a jail has a network namespace of its own,
 * it listens there and nowhere else; on macOS on this machine's loopback, behind a password.
 */
export async function openNetwork(
  deps: NetworkDeps,
  kind: Mechanism['kind'],
  { jail, hosts, ownServers }: Speaking,
): Promise<JailNetwork> {
  const ledger = createLedger();
  const over = new AbortController();
  const { outside } = deps;
  const reach = createReach({ outside, ledger, jail, hosts, ownServers, over: over.signal });
  const credential = kind === 'seatbelt' ? `atom:${randomKey().toString('hex')}` : undefined;
  const onDrop = (): void =>
    ledger.refused('too many', 'more connections at once than there may be');
  // Loaded here, with an HTTP server that a gateway whose jails reach nobody does not need.
  const { createProxy } = await import('./proxy.ts');
  const proxy = createProxy({ reach, credential, onDrop });
  const shared = {
    isOpen: () => proxy.server.listening,
    contacts: ledger.contacts,
    close: () => {
      over.abort();
      proxy.close();
      ledger.close();
    },
  };
  if (credential !== undefined) return onLoopback(proxy, credential, shared);
  return { ...inJail(deps, proxy), ...shared };
}

type Shared = Pick<JailNetwork, 'isOpen' | 'contacts' | 'close'>;

async function onLoopback(
  { server }: RunProxy,
  credential: string,
  shared: Shared,
): Promise<JailNetwork> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const env = proxyEnv(`http://${credential}@127.0.0.1:${port}`);
  return { ...shared, env, port, lent: [], startedBy: [], take: () => undefined };
}

function inJail(
  { nodePath, handOverPath }: NetworkDeps,
  { server }: RunProxy,
): Omit<JailNetwork, keyof Shared> {
  const inside = `/opt/atom/hand-over${extname(handOverPath) === '.ts' ? '.mts' : '.mjs'}`;
  return {
    env: proxyEnv(),
    lent: [
      { host: nodePath, inside: '/opt/atom/node' },
      { host: handOverPath, inside },
    ],
    startedBy: ['/opt/atom/node', '--no-warnings', inside, String(JAIL_PORT)],
    take(child, env) {
      // A child that dies while it hands over is told of by its end.
      child.on('error', () => undefined);
      // Only what was said before the command began counts: one listener, and nothing after it.
      child.once('message', (_word, listener) => {
        if (!(listener instanceof Server)) return;
        server.listen(listener);
        child.send(env, () => undefined);
      });
    },
  };
}
