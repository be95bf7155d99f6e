import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createLauncher } from '../../src/jail/launch.ts';
import { launcherDeps } from '../jail/scene.ts';
import { type Spread, spread } from './measure.ts';

/** How long `/bin/true` takes from start to end: by itself, in the least of a bubblewrap, in a jail of ours. */
export interface JailCost {
  readonly bare: Spread;
  readonly least: Spread;
  readonly readOnly: Spread;
  readonly readWrite: Spread;
}

/** What bubblewrap needs to show a command this system, and to keep its processes and network apart. */
export const LEAST = ['/usr/bin/bwrap', '--unshare-all', '--ro-bind', '/', '/', '--dev', '/dev'];

/** Times them in turn, so that all share the machine's moods. Where the jail is not bubblewrap, undefined. */
export async function timeJail(rounds: number): Promise<JailCost | undefined> {
  // Not below /tmp, which every jail hides.
  const root = mkdtempSync('/var/tmp/atom-bench-');
  const folder = join(root, 'work');
  mkdirSync(folder);
  try {
    const deps = await launcherDeps(root, root);
    if (deps.mechanism.kind !== 'bwrap') return undefined;
    const launch = createLauncher(deps);
    const jailed = (mode: 'read-only' | 'read-write') => () =>
      launch(
        { jail: { name: 'work', folder, mode }, argv: ['/bin/true'], cwd: folder },
        AbortSignal.timeout(60_000),
        () => undefined,
      );
    const ways = [
      () => plain(['/bin/true']),
      () => plain([...LEAST, '/bin/true']),
      jailed('read-only'),
      jailed('read-write'),
    ];
    const [bare, least, readOnly, readWrite] = await inTurn(rounds, ways);
    if (!bare || !least || !readOnly || !readWrite) throw new Error('nothing was timed');
    return { bare, least, readOnly, readWrite };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function plain([file = '', ...args]: readonly string[]): Promise<void> {
  await once(spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] }), 'close');
}

async function inTurn(
  rounds: number,
  ways: readonly (() => Promise<unknown>)[],
): Promise<readonly Spread[]> {
  const times = ways.map((): number[] => []);
  // The first of each finds nothing in memory yet.
  for (let round = -3; round < rounds; round++)
    for (const [at, way] of ways.entries()) {
      const start = performance.now();
      await way();
      if (round >= 0) times[at]?.push(performance.now() - start);
    }
  return times.map(spread);
}
