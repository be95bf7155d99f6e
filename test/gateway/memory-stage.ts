import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAtom } from '../../src/atom.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { accountOf } from '../../src/config/account.ts';
import { checkConfig } from '../../src/config/check.ts';
import { ensureFolder } from '../../src/config/folder.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import type { Caller } from '../../src/domain/caller.ts';
import { createHub } from '../../src/gateway/hub.ts';
import { kernelFor } from '../../src/gateway/kernel-for.ts';
import { createRepeats } from '../../src/gateway/repeats.ts';
import { type Connection, serveConnection } from '../../src/gateway/socket/connection.ts';
import type { Line } from '../../src/gateway/socket/line.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { until } from '../flows/stage/until.ts';
import type { Frame } from './line-client.ts';

/** The libraries of channels, as they are installed for development. */
const LIBRARIES = join(import.meta.dirname, '..', '..', 'node_modules');

/** A whole atom in this process, behind a kernel and no socket. */
export async function openKernel(
  config: Partial<ConfigFile> = {},
  stored: Readonly<Record<string, string>> = {},
  before: (profile: ReturnType<typeof createProfile>) => void = () => undefined,
) {
  const profile = createProfile({ config });
  before(profile);
  const packageFolder = join(profile.folder, 'package');
  mkdirSync(packageFolder);
  symlinkSync(LIBRARIES, join(packageFolder, 'node_modules'));
  for (const folder of [profile.paths.data, profile.paths.state]) ensureFolder(folder);
  const checked = checkConfig(JSON.parse(readFileSync(profile.paths.configFile, 'utf8')));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const hub = createHub();
  const log = createLog(() => undefined);
  const kept = new Map(Object.entries(stored));
  const metrics = createMetrics(systemClock);
  const atom = await createAtom({
    config: checked.config,
    paths: profile.paths,
    clock: systemClock,
    log,
    version: '0',
    account: accountOf({ home: profile.folder }),
    packageFolder,
    metrics,
    emit: hub.emit,
    secrets: {
      get: async (name) => kept.get(name),
      set: async (name, value) => {
        kept.set(name, value);
        return 'file';
      },
      list: async () => [],
      remove: async (name) => kept.delete(name),
      where: async () => ({ place: 'file', words: 'in memory' }),
    },
  });
  const ending = {
    stop: () => undefined,
    follow: () => undefined,
    stopping: () => false,
    closed: Promise.resolve({ forced: false }),
  };
  const network = {
    status: () => ({ state: 'off' }) as const,
    settle: async () => ({ state: 'off' }) as const,
    connectionsOf: () => 0,
    close: async () => undefined,
  };
  const ports = { network, webhooks: network };
  const kernel = kernelFor({ atom, hub, startedAt: 1, ending, ports });
  await atom.start();
  onTestFinished(async () => {
    await atom.close(0);
    profile.remove();
  });
  const repeats = createRepeats(systemClock);
  const connect = (caller: Caller) =>
    memoryClient(caller, (client) =>
      serveConnection({ kernel, hub, log, metrics, repeats }, client),
    );
  return { atom, hub, kernel, metrics, profile, connect };
}

/** Both ends of a connection without anything between them. */
function memoryClient(
  caller: Caller,
  serve: (client: Parameters<typeof serveConnection>[1]) => Connection,
) {
  const frames: (Frame & { event?: Record<string, unknown> })[] = [];
  const ends: string[] = [];
  const line: Line = {
    send: (text) => frames.push(JSON.parse(text)),
    buffered: () => 0,
    isOpen: () => ends.length === 0,
    close: (kind) => ends.push(kind),
  };
  const connection = serve({ line, admit: async () => ({ kind: 'caller', caller }) });
  let count = 0;
  const request = async (method: string, params: object = {}): Promise<Frame> => {
    const id = `r${++count}`;
    connection.receive(JSON.stringify({ type: 'req', id, method, params }));
    return await until(`an answer to ${method}`, () => frames.find((frame) => frame.id === id));
  };
  return { frames, ends, request, close: connection.closed };
}

export const greeting = { protocol: 1, client: 'bridge', events: true };
