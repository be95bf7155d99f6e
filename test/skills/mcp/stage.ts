import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import type { Json } from '../../../src/base/json.ts';
import type { Outcome, Update } from '../../../src/domain/action.ts';
import type { Contacts } from '../../../src/domain/contacts.ts';
import type { JailSpec, JailStatus } from '../../../src/domain/jail.ts';
import type { McpPlan, McpServer } from '../../../src/domain/mcp.ts';
import type { Outside } from '../../../src/domain/outside.ts';
import { identify } from '../../../src/jail/folder.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import { findMechanism } from '../../../src/jail/mechanism.ts';
import { createPrograms } from '../../../src/jail/program.ts';
import { createQuarantine } from '../../../src/jail/quarantine/quarantine.ts';
import { createServerFetch } from '../../../src/net/server-fetch.ts';
import { createMcpCall } from '../../../src/skills/mcp/call-action.ts';
import { createConnections, type Placed } from '../../../src/skills/mcp/connections.ts';
import type { McpHost } from '../../../src/skills/mcp/host.ts';
import { createMcpLook } from '../../../src/skills/mcp/look-action.ts';
import { openServer } from '../../../src/skills/mcp/open.ts';
import { createRecheck } from '../../../src/skills/mcp/recheck.ts';
import { createServers } from '../../../src/skills/mcp/servers.ts';
import { jailOf } from '../../../src/skills/mcp/words.ts';
import { emptyJail } from '../../../src/skills/runtime/host.ts';
import { openStore } from '../../../src/store/open.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { createMcpClassify, createMcpTrust } from '../../../src/trust/mcp-trust.ts';
import { setGovernor } from '../../governance/stage.ts';

export const SERVERS = join(import.meta.dirname, 'servers');
/** As they are installed, behind the link of a checkout. */
export const MODULES = realpathSync(resolve(import.meta.dirname, '../../../node_modules'));
export const SECRET = 'hunter2-hunter2';

const ready: JailStatus = { state: 'ready', mechanism: 'bwrap', checks: [], warnings: [] };
/** Shared: it keeps the digest of Node, which takes a while to make. */
const programs = createPrograms();
const soon = (): AbortSignal => AbortSignal.timeout(60_000);

export type McpStage = Awaited<ReturnType<typeof openMcp>>;

/** The servers of the test's own, by their names: the odd one, and the official ones. */
export const odd = (more: Partial<McpServer> = {}): McpServer => ({
  name: 'odd',
  command: ['node', join(SERVERS, 'odd.mjs')],
  shows: [SERVERS],
  ...more,
});

export const official = (name: string, args: readonly string[], more: Partial<McpServer> = {}) => ({
  name,
  command: ['node', join(MODULES, `@modelcontextprotocol/server-${name}/dist/index.js`), ...args],
  shows: [MODULES],
  ...more,
});

/** The real governor, real jails and a real store; the internet is what `outside` says. */
export async function openMcp(
  outside?: Outside,
  settings = { allow: [], plain: [], private: [] as string[] },
) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'atom-mcp-')));
  const [folder, emptyFolder, scratch] = ['work', 'empty', 'scratch'].map((name) =>
    join(root, name),
  ) as [string, string, string];
  for (const path of [folder, emptyFolder, scratch]) mkdirSync(path);
  const store = await openStore({ file: join(root, 'atom.db') });
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const launch = createLauncher({
    mechanism: await findMechanism({
      platform: process.platform,
      arch: process.arch,
      uid: ids.uid,
    }),
    clock: systemClock,
    programs,
    scratch,
    ids,
    openJail: identify,
    openShown: identify,
    network: {
      outside: outside ?? nowhere,
      nodePath: process.execPath,
      handOverPath: resolve(import.meta.dirname, '../../../src/jail/net/hand-over.ts'),
    },
    quarantine: createQuarantine({ root: join(root, 'state', 'quarantine'), clock: systemClock }),
  });
  const host: McpHost = {
    launch,
    emptyFolder,
    status: () => ready,
    nodePath: realpathSync(process.execPath),
    secret: async (name) => (name === 'mcp.odd.token' ? SECRET : undefined),
    fetchFrom: (url) => createServerFetch({ outside: outside ?? nowhere, settings }, url),
  };
  const jail: JailSpec = { name: 'work', folder, mode: 'read-write' };
  const place = (server: McpServer): Placed => ({
    server,
    jail:
      server.url === undefined
        ? jailOf(server, { empty: emptyJail(host), own: server.jail ? jail : undefined })
        : undefined,
  });
  let configured: readonly McpServer[] = [];
  const news: string[] = [];
  const endings: string[] = [];
  const contacts: Contacts[] = [];
  const connections = createConnections({
    open: (placed, signal) =>
      openServer(
        {
          host,
          version: '0',
          onChanged: (name) => {
            recheck(name).catch(() => undefined);
          },
          onEnded: (name, { ending, contacts: met }) => {
            endings.push(`${name} ${ending.kind}`);
            if (met) contacts.push(met);
          },
        },
        placed,
        signal,
      ),
    now: () => performance.now(),
  });
  const stage = await setGovernor({
    store,
    lasts: true,
    maturity: 'supervised',
    actions: [
      ...['mcp.call', 'mcp.look', 'mcp.trust', 'mcp.classify'].map((name) => ({
        name,
        prepare: (...asked: Parameters<ReturnType<typeof createMcpLook>['prepare']>) =>
          actionNamed(name).prepare(...asked),
        execute: (...asked: Parameters<ReturnType<typeof createMcpLook>['execute']>) =>
          actionNamed(name).execute(...asked),
      })),
    ],
    answer: (approval) => {
      if (approval.request.principal.kind !== 'owner') return;
      const by = { surface: 'terminal', id: 'owner' };
      const yes = { ref: approval.id, verdict: 'approve' as const, typed: true, by };
      stage.approvals.answer(yes).catch(() => undefined);
    },
  });
  const servers = createServers({
    store,
    audit: stage.audit,
    clock: stage.clock,
    connections,
    place,
    read: async () => configured,
    onNews: (text) => void news.push(text),
  });
  const recheck = createRecheck({ servers, connections, place, now: () => performance.now() });
  const covers = async () => ({ ok: true as const, words: 'can be undone' });
  const actions = [
    createMcpCall({ servers, connections, place, covers }),
    createMcpLook(servers),
    createMcpTrust(servers),
    createMcpClassify(servers),
  ];
  const actionNamed = (name: string) => {
    const found = actions.find((one) => one.name === name);
    if (!found) throw new Error(name);
    return found;
  };
  const asOwner = stage.governor.performAs({ kind: 'owner', id: 'owner' });
  const act = (action: string, resource: Json) =>
    asOwner({ id: newId(), action, resource, context: {} }, { signal: soon() });
  const look = async (server: string): Promise<McpPlan> => {
    const outcome = await act('mcp.look', { server });
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.value as unknown as McpPlan;
  };
  return {
    stage,
    servers,
    connections,
    place,
    folder,
    news,
    endings,
    contacts,
    act,
    look,
    root,
    use: async (all: readonly McpServer[]): Promise<void> => {
      configured = all;
      await servers.list();
    },
    approve: async (server: string): Promise<Outcome> => {
      const { digest } = await look(server);
      return act('mcp.trust', { server, digest, by: 'terminal/owner' });
    },
    /** As the agent. */
    call: (server: string, tool: string, input: Json = {}, more: CallMore = {}): Promise<Outcome> =>
      stage.perform(
        { id: newId(), action: 'mcp.call', resource: { server, tool, input }, context: {} },
        { signal: more.signal ?? soon(), ...(more.onUpdate ? { onUpdate: more.onUpdate } : {}) },
      ),
    put: (path: string, text: string) => writeFileSync(join(folder, path), text),
    record: async (): Promise<readonly string[]> =>
      (await newestEntries(store, { limit: 10_000 }))
        .map(({ kind, body }) => `${kind} ${JSON.stringify(body)}`)
        .toReversed(),
    close: async () => {
      await connections.endAll();
      await store.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export interface CallMore {
  readonly signal?: AbortSignal;
  readonly onUpdate?: Update;
}

/** What came of a call, as a text: what it gave, or why it was not done. */
export const told = (outcome: Outcome): string =>
  outcome.ok ? String((outcome.value as { readonly text?: Json }).text) : outcome.message;

const nowhere: Outside = {
  resolve: () => Promise.reject(new Error('there is no internet here')),
  dial: () => Promise.reject(new Error('there is no internet here')),
};
