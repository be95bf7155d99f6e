import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import type { Env } from '../../config/env.ts';
import type { JailSpec, JailStatus, ProbeCheck } from '../../domain/jail.ts';
import type { LauncherDeps } from '../../jail/request.ts';
import type { Cli } from '../cli.ts';
import { folderRules } from './folder.ts';

const PROBE_MS = 20_000;

/** Finds this machine's jail mechanism and tries to break out of it. Works with and without a gateway. */
export async function probeMachine(env: Env): Promise<JailStatus> {
  const { probeJail } = await import('../../jail/probe.ts');
  return withMachine(env, (deps) => probeJail(deps, AbortSignal.timeout(PROBE_MS)));
}

/** Tries in a jail of the owner what it allows and what not. For where no gateway runs. */
export async function tryHere(
  cli: Cli,
  jail: JailSpec,
  all: readonly JailSpec[],
): Promise<readonly ProbeCheck[]> {
  const { env, paths } = cli;
  const [{ tryJail }, { knowJails }, { createLauncher }, { createQuarantine }] = await Promise.all([
    import('../../jail/probe/try-jail.ts'),
    import('../../jail/known-jails.ts'),
    import('../../jail/launch.ts'),
    import('../../jail/quarantine/quarantine.ts'),
  ]);
  const { quarantineIn } = await import('../../jail/quarantine/kept.ts');
  const quarantine = createQuarantine({ root: quarantineIn(paths), clock: systemClock });
  const { open: openJail, openShown } = knowJails(folderRules(cli), all);
  const own = [paths.config, paths.data];
  return withMachine(env, (machine) => {
    const deps = { ...machine, openJail, openShown, quarantine };
    const launch = createLauncher(deps);
    return tryJail({ ...deps, launch, home: env.home, own }, jail, AbortSignal.timeout(PROBE_MS));
  });
}

type Machine = Pick<LauncherDeps, 'mechanism' | 'clock' | 'programs' | 'scratch' | 'ids'>;

async function withMachine<T>(env: Env, work: (machine: Machine) => Promise<T>): Promise<T> {
  const [{ findMechanism }, { createPrograms }] = await Promise.all([
    import('../../jail/mechanism.ts'),
    import('../../jail/program.ts'),
  ]);
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const mechanism = await findMechanism({
    platform: env.platform,
    arch: process.arch,
    uid: ids.uid,
  });
  const scratch = mkdtempSync(join(env.temporary, 'atom-probe-'));
  try {
    return await work({
      mechanism,
      clock: systemClock,
      programs: createPrograms(),
      scratch,
      ids,
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
