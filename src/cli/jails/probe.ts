import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import type { Env } from '../../config/env.ts';
import type { JailStatus } from '../../domain/jail.ts';

const PROBE_MS = 20_000;

/** Finds this machine's jail mechanism and tries to break out of it. Works with and without a gateway. */
export async function probeMachine(env: Env): Promise<JailStatus> {
  const [{ findMechanism }, { probeJail }, { createPrograms }] = await Promise.all([
    import('../../jail/mechanism.ts'),
    import('../../jail/probe.ts'),
    import('../../jail/program.ts'),
  ]);
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const machine = { platform: env.platform, arch: process.arch, uid: ids.uid };
  const mechanism = await findMechanism(machine);
  const scratch = mkdtempSync(join(env.temporary, 'atom-probe-'));
  try {
    const deps = { mechanism, clock: systemClock, programs: createPrograms(), scratch, ids };
    return await probeJail(deps, AbortSignal.timeout(PROBE_MS));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
