import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Json } from '../../src/base/json.ts';
import type { Prepared } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import type { Outside } from '../../src/domain/outside.ts';
import { issue } from '../../src/governance/grant.ts';
import { createFetch, type FetchDeps } from '../../src/net/fetch.ts';

/** An address of the public internet that leads to a server of the test. Never dialled for real. */
export const PUBLIC = '93.184.215.14';

/** What `net.fetch` gives back. */
export interface Fetched {
  readonly url: string;
  readonly status: number;
  readonly type: string;
  readonly kind: string;
  readonly title?: string;
  readonly text: string;
  readonly bytes: number;
  readonly truncated: boolean;
  readonly passed: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** A world whose names and addresses are the test's, with one real server behind every public address. */
export interface NetStage {
  readonly port: number;
  /** `address:port` of everything that was dialled, and names that were looked up. */
  readonly dialled: string[];
  readonly asked: string[];
  /** Answers of a name, one after the other; the last one stays. */
  readonly names: Map<string, string[][]>;
  readonly outside: Outside;
  /** Answers requests from now on. */
  serve(listener: RequestListener): void;
  prepare(resource: Json, more?: Partial<FetchDeps>): Promise<Prepared>;
  fetch(resource: Json, more?: Partial<FetchDeps>, signal?: AbortSignal): Promise<Fetched>;
  close(): Promise<void>;
}

/** Plain HTTP for the names that the test uses: what TLS adds has tests of its own. */
export const PLAIN = {
  allow: ['a.example', 'b.example'],
  plain: ['a.example', 'b.example', 'c.example', 'www.c.example'],
  private: [],
};

export async function openNet(): Promise<NetStage> {
  let listener: RequestListener = (_, answer) => answer.end();
  const server: Server = createServer({ maxHeaderSize: 64 * 1024 }, (asked, answer) =>
    listener(asked, answer),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [dialled, asked]: string[][] = [[], []];
  const names = new Map<string, string[][]>();
  const outside: Outside = {
    resolve: async (host) => {
      asked?.push(host);
      const answers = names.get(host) ?? [[PUBLIC]];
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    },
    dial: async (address, to) => {
      dialled?.push(`${address}:${to}`);
      const isReal = address === '127.0.0.1' && to === port;
      if (!isReal && address !== PUBLIC) throw new Error('unreachable');
      const socket: Socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
  };
  const made = (more: Partial<FetchDeps>) => createFetch({ outside, settings: PLAIN, ...more });
  return {
    port,
    names,
    outside,
    dialled: dialled ?? [],
    asked: asked ?? [],
    serve: (next) => {
      listener = next;
    },
    prepare: (resource, more = {}) => made(more).prepare(resource, undefined),
    fetch: async (resource, more = {}, signal = AbortSignal.timeout(20_000)) => {
      const action = made(more);
      const prepared = await action.prepare(resource, undefined);
      const request = {
        id: 'r1',
        action: 'net.fetch',
        resource: prepared.resource,
        context: {},
        labels: cleanLabels,
        principal: { kind: 'agent' as const, id: 'atom' },
      };
      const grant = issue({ digest: '', prepared, request, complexity: 1 });
      return (await action.execute(grant, signal, () => undefined)) as unknown as Fetched;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
