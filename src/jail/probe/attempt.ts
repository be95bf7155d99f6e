import { existsSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newUuid } from '../../base/ids.ts';
import type { LaunchResult, ProbeCheck } from '../../domain/jail.ts';
import { identify } from '../folder.ts';
import { createLauncher } from '../launch.ts';
import type { Mechanism } from '../mechanism.ts';
import { noQuarantine } from '../quarantine/quarantine.ts';
import type { LauncherDeps } from '../request.ts';
import { commonChecks, linuxChecks } from './checks.ts';
import type { Loopback } from './loopback.ts';
import { probeLines, probeScript } from './script.ts';

export type ProbeDeps = Pick<LauncherDeps, 'mechanism' | 'clock' | 'programs' | 'scratch' | 'ids'>;

const PROBE_MS = 10_000;

/** One probe: `root` is a fresh folder of ours, in which the jail is made. */
export interface Attempt {
  readonly deps: ProbeDeps;
  readonly root: string;
  readonly loopback: Loopback;
}

/** Makes a jail below `root`, tries to break out of it, and says what came of each attempt. */
export async function attemptEscapes(
  { deps, root, loopback }: Attempt,
  signal: AbortSignal,
): Promise<readonly ProbeCheck[]> {
  const folder = join(root, 'jail');
  const targets = {
    canary: join(root, 'canary'),
    outside: join(root, 'outside'),
    port: loopback.port,
  };
  const secret = newUuid();
  mkdirSync(folder);
  writeFileSync(targets.canary, secret);
  const { stdout } = await runProbe(deps, { folder, script: probeScript(targets) }, signal);
  const seen = {
    lines: probeLines(stdout),
    canaryRead: stdout.includes(secret),
    outsideWritten: existsSync(targets.outside),
    loopbackReached: loopback.reached(),
    namespaces: ownNamespaces(deps.mechanism),
  };
  return [...commonChecks(seen), ...(deps.mechanism.kind === 'bwrap' ? linuxChecks(seen) : [])];
}

function runProbe(
  deps: ProbeDeps,
  { folder, script }: { readonly folder: string; readonly script: string },
  signal: AbortSignal,
): Promise<LaunchResult> {
  // Our own scratch folder lies among atom's records, where no other jail may be.
  const launch = createLauncher({ ...deps, openJail: identify, quarantine: noQuarantine });
  const jail = { name: 'probe', folder, mode: 'read-write' } as const;
  const limits = { wallMs: PROBE_MS };
  return launch(
    { jail, argv: ['/bin/sh', '-c', script], cwd: folder, limits },
    signal,
    () => undefined,
  );
}

function ownNamespaces({ kind }: Mechanism): ReadonlyMap<string, string> {
  if (kind !== 'bwrap') return new Map();
  const names = ['user', 'pid', 'net', 'ipc', 'uts', 'mnt'];
  return new Map(names.map((name) => [name, readlinkSync(`/proc/self/ns/${name}`)]));
}
