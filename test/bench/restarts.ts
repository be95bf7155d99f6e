import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createProfile } from '../flows/stage/profile.ts';
import { middle, startGateway } from './measure.ts';

/** How long a gateway needs after kill -9 until it takes messages, and what of it is Node and reading itself in. */
export interface Restarts {
  readonly bareMs: number;
  /** A bare Node that loads the gateway's modules and does nothing with them. */
  readonly modulesMs: number;
  readonly readyMs: number;
}

const ROUNDS = 9;
const root = resolve(import.meta.dirname, '../..');
const atom = join(root, 'bin', 'atom.js');

/** In turn, so that all share the machine's moods. The first start of all is not counted: it compiles the skills. */
export async function timeRestarts(): Promise<Restarts> {
  const profile = createProfile();
  const [bare, modules, ready]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = -1; round < ROUNDS; round++) {
      const bareMs = timeNode('0');
      const modulesMs = timeNode(`await import('${join(root, 'dist/cli/headless.js')}')`);
      const gateway = await startGateway(atom, profile.env);
      // What it does once it is ready is no longer the start.
      await gateway.settled();
      await gateway.kill();
      if (round < 0) continue;
      bare.push(bareMs);
      modules.push(modulesMs);
      ready.push(gateway.readyMs);
    }
  } finally {
    profile.remove();
  }
  return { bareMs: middle(bare), modulesMs: middle(modules), readyMs: middle(ready) };
}

function timeNode(code: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', code]);
  if (status !== 0) throw new Error(`node ended with ${status}: ${code}`);
  return performance.now() - start;
}
