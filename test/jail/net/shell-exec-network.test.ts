import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import type { Action, ActionRequest, Prepared } from '../../../src/domain/action.ts';
import type { Complexity } from '../../../src/domain/complexity.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import { undoWords } from '../../../src/domain/undo.ts';
import { complexityOf } from '../../../src/governance/complexity.ts';
import { issue } from '../../../src/governance/grant.ts';
import { bwrapArguments, type JailProfile } from '../../../src/jail/bwrap-args.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import { defaultLimits } from '../../../src/jail/limits.ts';
import { createShellExec } from '../../../src/jail/shell-exec.ts';
import { makeNetScene, type NetScene, PUBLIC } from './net-scene.ts';

let web: Server;
let scene: NetScene;
const servers: Record<string, number> = {};

beforeAll(async () => {
  web = createServer((_asked, answer) => answer.end('reached\n'));
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  servers[`${PUBLIC}:80`] = (web.address() as AddressInfo).port;
  scene = await makeNetScene({ names: { 'a.example': [PUBLIC] }, servers });
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
  scene.remove();
});

function shellWith(network?: readonly string[]): Action {
  const { netDeps, jail } = scene;
  return createShellExec({
    ...netDeps,
    launch: createLauncher(netDeps),
    jails: () => [{ ...jail, ...(network ? { network } : {}) }],
    status: () => ({ state: 'ready', mechanism: 'bubblewrap', checks: [], warnings: [] }),
    covers: async () => ({ ok: true, words: undoWords() }),
  });
}

const prepare = (network: readonly string[] | undefined, ...argv: readonly string[]) =>
  shellWith(network).prepare({ argv }, undefined);

function execute(prepared: Prepared, complexity: Complexity): Promise<Json> {
  const request: ActionRequest = {
    id: 'r',
    action: 'shell.exec',
    resource: prepared.resource,
    context: {},
    principal: { kind: 'agent', id: 'a' },
    labels: cleanLabels,
  };
  const grant = issue({ request, prepared, digest: 'd', complexity });
  const signal = AbortSignal.timeout(60_000);
  return shellWith(['a.example']).execute(grant, signal, () => undefined);
}

test('the card says whom a command may speak to, and what that means', async () => {
  const { card, speaksTo } = await prepare(['a.example', '*.b.example'], 'make');
  expect(speaksTo).toEqual(['a.example', '*.b.example']);
  expect(card.may).toContain(
    'speak to *.b.example, a.example (anything it reads here could be sent there)',
  );
  const { card: without, speaksTo: nobody } = await prepare(undefined, 'make');
  expect(without.may.join()).not.toContain('speak');
  expect([nobody, (await prepare([], 'make')).speaksTo]).toEqual([undefined, undefined]);
});

test('a yes to one list of hosts is none to another', async () => {
  const facts = async (network?: readonly string[]): Promise<string> =>
    JSON.stringify((await prepare(network, 'make')).facts);
  const all = await Promise.all([undefined, ['a.example'], ['a.example', 'b.example']].map(facts));
  expect(new Set(all).size).toBe(3);
  const env = (one: string | undefined): unknown => JSON.parse(one ?? '').env.names;
  expect(env(all[1])).toContain('HTTPS_PROXY');
  expect(env(all[0])).not.toContain('HTTPS_PROXY');
});

test('a command that does more than look reaches its hosts, and its result says which', async () => {
  const fetched = await prepare(['a.example'], 'curl', '-sS', 'http://a.example/');
  expect(await execute(fetched, 3)).toMatchObject({
    exit: 0,
    stdout: 'reached\n',
    contacts: { reached: [{ host: 'a.example:80' }], refused: [] },
  });
});

test('what was taken for a look reaches nobody', async () => {
  const fetched = await prepare(['a.example'], 'curl', '-sS', 'http://a.example/');
  const seen = await execute(fetched, 1);
  expect(seen).toMatchObject({ stdout: '' });
  expect(seen).not.toHaveProperty('contacts');
});

test('in a jail with a network, what does more than look counts as a change at least', async () => {
  const grade = (network: readonly string[], complexity: Complexity): Complexity => {
    const declared = { complexity, why: 'says so' };
    const card = { kind: 'command', words: [], may: [], undo: '' } as const;
    const prepared = { resource: {}, facts: {}, declared, card, speaksTo: network };
    return complexityOf('shell.exec', prepared as unknown as Prepared).complexity;
  };
  expect([1, 2, 3, 4].map((own) => grade(['a.example'], own as Complexity))).toEqual([1, 3, 3, 4]);
  expect([1, 2, 3, 4].map((own) => grade([], own as Complexity))).toEqual([1, 2, 3, 4]);
});

test('the jail itself is the same with a network and without, but for who begins in it', () => {
  const profile: JailProfile = {
    folder: '/w',
    mode: 'read-write',
    cwd: '/w',
    argv: ['/usr/bin/true'],
    rootFolders: [],
    etc: { folders: [], files: [] },
    emptied: [],
    toolchains: [],
    readOnly: [],
    guards: [],
    pinned: [],
    limits: defaultLimits,
    shellLimits: false,
    features: { bindFd: true, disableUserns: true },
    uid: 1,
    gid: 1,
    seccomp: Buffer.from('filter'),
    gitSettings: '',
  };
  const without = bwrapArguments(profile);
  const within = bwrapArguments({ ...profile, startedBy: ['/opt/atom/node', 'x'] });
  const shape = (args: readonly string[]): string => args.join(' ').replace(/ \d+(?= |$)/g, ' N');
  expect(shape(within.args)).toBe(shape(without.args));
  expect(within.args).toContain('--unshare-net');
  expect(within.fds[0]).toEqual({ kind: 'channel' });
  expect(within.fds.slice(1, -1)).toEqual(without.fds.slice(0, -1));
  const after = ({ command }: typeof within): readonly string[] =>
    command.slice(command.indexOf('sh') + 1);
  expect(after(within)).toEqual(['/opt/atom/node', 'x', ...after(without)]);
});
