import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog } from '../../../src/base/log.ts';
import { redactOutput } from '../../../src/base/redact.ts';
import type { Approved } from '../../../src/channels/own/connection.ts';
import { createOwn } from '../../../src/channels/own/create.ts';
import { describeOwn } from '../../../src/channels/own/describe.ts';
import type { OwnHost } from '../../../src/channels/own/process.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { checkJailFolder } from '../../../src/jail/folder.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import { findMechanism } from '../../../src/jail/mechanism.ts';
import { createOutside } from '../../../src/jail/net/outside.ts';
import { createPrograms } from '../../../src/jail/program.ts';
import { noQuarantine } from '../../../src/jail/quarantine/quarantine.ts';
import { compileSkill } from '../../../src/skills/compile.ts';
import { readSources } from '../../../src/skills/trust/sources.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The channel that the documentation shows, for a hub on this port. */
export function exampleFor(port: number): string {
  const docs = readFileSync(join(ROOT, 'docs/channels.md'), 'utf8');
  const [, program = ''] = /```ts\n(import \{ defineChannel[\s\S]*?)```/.exec(docs) ?? [];
  return program.replaceAll(':8080', `:${port}`);
}

interface Given extends Partial<Pick<Approved, 'secrets' | 'settings'>> {
  readonly patienceMs?: number;
}

/** A jail for channels of the owner's own, and modules that run in it. */
export interface OwnStage {
  readonly host: OwnHost;
  /** Makes a channel `own-hub` of this module, as it would be once it was approved. */
  module(source: string): Promise<(given?: Given) => Channel>;
  remove(): void;
}

export async function openOwnStage(): Promise<OwnStage> {
  const root = mkdtempSync(join(tmpdir(), 'atom-own-'));
  const [emptyFolder, scratch, cache] = ['empty', 'scratch', 'cache'].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string];
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { platform, arch } = process;
  const rules = { home: join(root, 'home'), stateDirs: [], uid: ids.uid };
  const host: OwnHost = {
    emptyFolder,
    nodePath: process.execPath,
    runnerPath: join(root, 'own.mjs'),
    status: async () => ({ state: 'ready', mechanism: 'bwrap', checks: [], warnings: [] }),
    launch: createLauncher({
      clock: systemClock,
      programs: createPrograms(),
      scratch,
      ids,
      mechanism: await findMechanism({ platform, arch, uid: ids.uid }),
      openJail: (path) => checkJailFolder(rules, path),
      quarantine: noQuarantine,
      network: {
        outside: createOutside(),
        nodePath: process.execPath,
        handOverPath: join(ROOT, 'src/jail/net/hand-over.ts'),
      },
    }),
  };
  await build({
    entryPoints: [join(ROOT, 'src/channels/own/child/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outfile: host.runnerPath,
  });
  return {
    host,
    module: async (source) => {
      const folder = mkdtempSync(join(root, 'module-'));
      writeFileSync(join(folder, 'channel.ts'), source);
      const entry = "export * from './channel.ts';\n";
      const sources = await readSources(folder);
      const { module } = await compileSkill({ folder, cache, sources, entry });
      const code = readFileSync(module, 'utf8');
      const said = await describeOwn(host, code, AbortSignal.timeout(30_000));
      return ({ secrets = {}, settings = {}, patienceMs = 30_000 } = {}) => {
        const redact = redactOutput(Object.values(secrets));
        return createOwn({
          name: 'own-hub',
          said,
          host,
          clock: systemClock,
          newId: () => newId(),
          patienceMs,
          log: createLog(() => undefined),
          approved: async () => ({ code, said, settings, secrets, redact }),
        });
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
