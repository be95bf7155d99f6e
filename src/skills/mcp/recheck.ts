import type { McpServer } from '../../domain/mcp.ts';
import type { Connections, Placed } from './connections.ts';
import type { McpServers } from './servers.ts';

export interface RecheckDeps {
  readonly servers: Pick<McpServers, 'server' | 'hold'>;
  readonly connections: Pick<Connections, 'use'>;
  place(server: McpServer): Placed;
  /** Steady milliseconds. */
  now(): number;
}

const LOOK_MS = 60_000;
/** One that says that it changed whenever it is asked would be asked for ever. */
const REST_MS = 1000;

/**
 * Holds a server against its approval where it says that its tools changed, and nobody calls. What it says
 * soon after the last time waits for the next call, which asks it anew anyway.
 */
export function createRecheck({ servers, connections, place, now }: RecheckDeps) {
  const last = new Map<string, number>();
  return async (name: string): Promise<void> => {
    if (now() - (last.get(name) ?? Number.NEGATIVE_INFINITY) < REST_MS) return;
    last.set(name, now());
    const signal = AbortSignal.timeout(LOOK_MS);
    await connections.use(
      place(servers.server(name)),
      async (session) => servers.hold(name, await session.tools(signal)),
      signal,
    );
  };
}
