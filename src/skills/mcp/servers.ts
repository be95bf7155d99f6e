import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Complexity } from '../../domain/complexity.ts';
import {
  type McpListing,
  type McpPlan,
  type McpReadyTool,
  type McpServer,
  type McpTool,
  mcpPin,
} from '../../domain/mcp.ts';
import type { Store } from '../../domain/store.ts';
import type { Audit } from '../../governance/audit/append.ts';
import { type McpKnown, mcpKnown } from '../../store/tables/mcp.ts';
import type { Connections, Placed } from './connections.ts';
import { planOf, type Seen } from './plan.ts';
import { recordApproval, recordChange, recordClass, recordRemoval, recordSame } from './record.ts';
import { listingOf, readyTools, standingOf } from './standing.ts';
import { changedSince } from './words.ts';

export interface ServersDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly connections: Connections;
  /** The servers of the settings as they are now. */
  read(): Promise<readonly McpServer[]>;
  /** Where a server would run. Throws AtomError `blocked` where its jail is not there. */
  place(server: McpServer): Placed;
  /** Told once of each server that cannot be used any more, in one line with what to do. */
  onNews(text: string): void;
}

/** The servers of the settings: what of them agents may use, and what the owner can do about it. */
export interface McpServers {
  /** Uses these settings from now on. Returns those that wait, a line each. */
  use(servers: readonly McpServer[]): Promise<readonly string[]>;
  /** What agents may ask for. Says nothing to any server. */
  tools(): readonly McpReadyTool[];
  server(name: string): McpServer;
  /** Reads the settings again. */
  list(): Promise<readonly McpListing[]>;
  /** Asks a server, begun anew, what its tools are. */
  look(name: string, signal: AbortSignal): Promise<McpPlan>;
  /** What was seen at the last look. Throws AtomError `blocked` where that has another digest, or was none. */
  plan(name: string, digest: string): McpPlan;
  approve(order: {
    readonly server: string;
    readonly digest: string;
    readonly by: string;
  }): Promise<void>;
  classify(said: {
    readonly server: string;
    readonly tool: string;
    readonly complexity: Complexity;
    readonly by: string;
  }): Promise<void>;
  /**
   * Holds what a server says of itself now against what was approved, and against the pin that something was
   * decided for. Throws AtomError `blocked`.
   */
  hold(name: string, tools: readonly McpTool[], pin?: string): Promise<void>;
  /** Ends it and forgets what was approved. */
  forget(name: string): Promise<void>;
}

const NOTHING: McpKnown = { approvals: new Map(), changed: new Map(), classes: [] };

export function createServers(deps: ServersDeps): McpServers {
  const { store, connections, onNews } = deps;
  const seen = new Map<string, Seen>();
  let all: readonly McpServer[] = [];
  let known = NOTHING;
  let ready: readonly McpReadyTool[] = [];
  const refresh = async (): Promise<void> => {
    known = await mcpKnown(store);
    ready = readyTools(all, known);
  };
  const use = async (servers: readonly McpServer[]): Promise<void> => {
    all = servers;
    await refresh();
  };
  const named = (name: string): McpServer => {
    const found = all.find((one) => one.name === name);
    if (found) return found;
    throw new AtomError('not-found', `There is no MCP server named ${name}.`, {
      next: ['See which there are:   atom mcp list'],
    });
  };
  const listing = (server: McpServer): McpListing =>
    listingOf(server, known, connections.isOpen(server.name));
  const plan: McpServers['plan'] = (name, digest) => {
    const server = named(name);
    const found = seen.get(name);
    const made = found && planOf(listing(server), found, known.approvals.get(name));
    if (made?.digest === digest && mcpPin(server, found?.tools ?? []) === digest) return made;
    throw new AtomError('blocked', `${name} is not what was shown. Look at it again.`, {
      next: [`atom mcp approve ${name}`],
    });
  };
  const changed = async (name: string, digest: string): Promise<void> => {
    const isNews = await recordChange(deps, name, digest);
    await refresh();
    if (isNews)
      onNews(
        `the tools of the MCP server ${name} changed since you approved them: atom mcp approve ${name}`,
      );
  };
  return {
    use: async (servers) => {
      await use(servers);
      return all.flatMap((server) => waitingLine(server, known));
    },
    tools: () => ready,
    server: named,
    list: async () => {
      await use(await deps.read());
      return all.map(listing);
    },
    look: async (name, signal) => {
      await use(await deps.read());
      const server = named(name);
      await connections.end(name);
      const asked = (session: { tools(s: AbortSignal): Promise<readonly McpTool[]> }) =>
        session.tools(signal);
      const { value: tools } = await connections.use(deps.place(server), asked, signal);
      seen.set(name, { server, tools });
      const digest = mcpPin(server, tools);
      const approval = known.approvals.get(name);
      if (approval?.digest === digest) await recordSame(deps, name).then(refresh);
      else if (standingOf(server, known).state === 'ready') await changed(name, digest);
      // What nobody approved is not left running.
      if (approval?.digest !== digest) await connections.end(name);
      return planOf(listing(server), { server, tools }, approval);
    },
    plan,
    approve: async ({ server: name, digest, by }) => {
      plan(name, digest);
      const { server, tools } = seen.get(name) ?? { server: named(name), tools: [] };
      await recordApproval(deps, { digest, server, tools, at: deps.clock.now(), by });
      await refresh();
    },
    classify: async (said) => {
      await recordClass(deps, said, toolOf(known, said));
      await refresh();
    },
    hold: async (name, tools, pin) => {
      const digest = mcpPin(named(name), tools);
      if (known.approvals.get(name)?.digest === digest) {
        if (pin !== undefined && pin !== digest) throw changedSince(name);
        return;
      }
      await changed(name, digest);
      await connections.end(name);
      throw new AtomError(
        'blocked',
        `The tools of ${name} changed since you approved them, so none is used.`,
        {
          next: [`Look at what changed:   atom mcp approve ${name}`],
        },
      );
    },
    forget: async (name) => {
      await connections.end(name);
      seen.delete(name);
      await recordRemoval(deps, name);
      await use(await deps.read());
    },
  };
}

/** The approved tool that is meant. Throws AtomError `not-found`. */
function toolOf(
  { approvals }: McpKnown,
  { server, tool }: { readonly server: string; readonly tool: string },
): McpTool {
  const found = approvals.get(server)?.tools.find(({ name }) => name === tool);
  if (found) return found;
  throw new AtomError('not-found', `${server} has no approved tool of that name.`, {
    next: ['See which there are:   atom mcp list'],
  });
}

function waitingLine(server: McpServer, known: McpKnown): readonly string[] {
  const { name } = server;
  const standing = standingOf(server, known);
  if (standing.state === 'ready') return [];
  return [
    `the MCP server ${name} waits for your approval (${standing.why}): atom mcp approve ${name}`,
  ];
}
