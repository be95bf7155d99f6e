import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { asAtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { readConfig } from '../config/file.ts';
import { ensureFolder } from '../config/folder.ts';
import type { Action } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { LaunchResult } from '../domain/jail.ts';
import { chooseJail } from '../domain/jail-choice.ts';
import type { McpServer } from '../domain/mcp.ts';
import { createServerFetch } from '../net/server-fetch.ts';
import type { McpCallDeps } from '../skills/mcp/call-action.ts';
import { createConnections, type Placed } from '../skills/mcp/connections.ts';
import type { McpHost } from '../skills/mcp/host.ts';
import { createMcpLook } from '../skills/mcp/look-action.ts';
import { createRecheck } from '../skills/mcp/recheck.ts';
import { createServers, type McpServers } from '../skills/mcp/servers.ts';
import { jailOf } from '../skills/mcp/words.ts';
import { emptyJail } from '../skills/runtime/host.ts';
import { createMcpClassify, createMcpTrust } from '../trust/mcp-trust.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** The MCP servers of a profile. None is started before it is used. */
export interface Mcp extends Pick<McpServers, 'tools' | 'list' | 'forget'> {
  readonly call: Omit<McpCallDeps, 'covers'>;
  /** What only the owner may do with them. */
  readonly acts: readonly Action[];
  /** Says which of them wait for an approval. */
  load(): Promise<void>;
  /** Ends those that run. */
  close(): Promise<void>;
}

export function createMcp(
  options: AtomOptions,
  { store, audit, bus, steady }: Pick<Records, 'store' | 'audit' | 'bus' | 'steady'>,
  jails: Jails,
): Mcp {
  const { config, paths, clock, version } = options;
  const log = options.log.part('mcp');
  const host = hostOf(options, jails);
  const place = (server: McpServer, agent?: Agent): Placed => {
    if (server.url !== undefined) return { server, jail: undefined };
    const own = server.jail && chooseJail(jails.list(), { jail: server.jail }, agent);
    return { server, jail: jailOf(server, { empty: emptyJail(host), own: own || undefined }) };
  };
  let written: Promise<unknown> = Promise.resolve();
  const onEnded = (server: string, { ending, contacts }: LaunchResult): void => {
    log.info(`${server} ended`, { ending: ending.kind });
    if (!contacts) return;
    const body = { server, ending: ending.kind, contacts: contacts as unknown as Json };
    const note = store.tx((sql) => audit(sql, 'mcp.ended', body));
    const lost = (error: unknown): void =>
      log.error(`${server} ended, which is not on record: ${asAtomError(error).message}`);
    written = Promise.all([written, note.catch(lost)]);
  };
  // What was approved may have changed while nobody called.
  const onChanged = (name: string): void => {
    recheck(name).catch((error: unknown) => log.warn(asAtomError(error).message));
  };
  const connections = createConnections({
    open: async (placed, signal) => {
      const { openServer } = await import('../skills/mcp/open.ts');
      return openServer({ host, version, onChanged, onEnded }, placed, signal);
    },
    now: steady.now,
  });
  const servers = createServers({
    store,
    audit,
    clock,
    connections,
    place,
    read: async () => (await readConfig(paths)).mcp,
    onNews: (text) => {
      log.warn(text);
      bus.tell('skill.waits', text);
    },
  });
  const recheck = createRecheck({ servers, connections, place, now: steady.now });
  const stopListening = bus.on('halt.changed', ({ now }) => {
    if (now?.kind === 'halted') void connections.endAll();
  });
  return {
    tools: servers.tools,
    list: servers.list,
    forget: servers.forget,
    call: { servers, connections, place },
    acts: [createMcpLook(servers), createMcpTrust(servers), createMcpClassify(servers)],
    load: async () => {
      if (config.mcp.length === 0) return;
      for (const line of await servers.use(config.mcp)) log.warn(line);
    },
    close: async () => {
      stopListening();
      await connections.endAll();
      await written;
    },
  };
}

function hostOf({ paths, config, secrets }: AtomOptions, jails: Jails): McpHost {
  const emptyFolder = realpathSync(ensureFolder(join(paths.state, 'empty')));
  return {
    emptyFolder,
    status: jails.status,
    launch: jails.launchFor(emptyFolder),
    nodePath: realpathSync(process.execPath),
    fetchFrom: (url) => createServerFetch({ outside: jails.outside, settings: config.net }, url),
    secret: secrets.get,
  };
}
