import type { McpHost, Wire } from './host.ts';

/** A server to reach, and what every request to it carries. */
export interface HttpWish {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Listens again that often where the server hung up on it. */
const MOST_RETRIES = 2;

/** Speaks MCP over HTTP (“Streamable HTTP”), by requests of atom's own. */
export async function createHttpWire(
  host: Pick<McpHost, 'fetchFrom'>,
  { url, headers }: HttpWish,
): Promise<Wire> {
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const fetch = host.fetchFrom(url);
  let refused: string | undefined;
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: async (...asked) => {
      const answer = await fetch(...asked);
      if (answer.status === 401 || answer.status === 403)
        refused = `it refused the request (${answer.status}): it wants a key, or another one (atom help mcp)`;
      return answer;
    },
    requestInit: { headers: { ...headers }, redirect: 'manual' },
    reconnectionOptions: {
      initialReconnectionDelay: 1000,
      maxReconnectionDelay: 30_000,
      reconnectionDelayGrowFactor: 2,
      maxRetries: MOST_RETRIES,
    },
  });
  return {
    transport,
    renew: () => undefined,
    end: () => transport.close(),
    why: () => refused,
    result: () => undefined,
  };
}
