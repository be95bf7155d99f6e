import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayProcess } from '../../flows/stage/gateway-process.ts';
import type { Fault } from './fault.ts';
import { breathe, inWorld } from './kills.ts';
import type { World } from './world.ts';

const SOURCE = join(import.meta.dirname, 'power-cut.c');

/** Compiles the disk that forgets what was not flushed; its path, and how to take it away. */
function buildDisk(): { readonly library: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'atom-power-'));
  const library = join(folder, 'power-cut.so');
  const words = ['-O2', '-shared', '-fPIC', '-o', library, SOURCE, '-ldl', '-lpthread'];
  const { status, stderr } = spawnSync('cc', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`power-cut.c does not compile:\n${stderr}`);
  return { library, remove: () => rmSync(folder, { recursive: true }) };
}

function missing(): string | undefined {
  if (process.platform !== 'linux') return 'needs LD_PRELOAD as Linux has it';
  if (spawnSync('cc', ['--version']).status !== 0) return 'needs a C compiler (cc)';
  return undefined;
}

const cutPower =
  (torn: boolean): Fault['strike'] =>
  async (times, settings) => {
    const disk = buildDisk();
    try {
      return await inWorld(settings, {}, async (world) => {
        for (let cut = 0; cut < times; cut++) {
          await oneCut(world, { library: disk.library, torn, cut });
          await breathe(world, cut);
        }
        return times;
      });
    } finally {
      disk.remove();
    }
  };

interface Cut {
  readonly library: string;
  readonly torn: boolean;
  readonly cut: number;
}

async function oneCut(world: World, { library, torn, cut }: Cut): Promise<void> {
  const { profile, chance } = world;
  const shadow = join(profile.folder, 'shadow');
  rmSync(shadow, { recursive: true, force: true });
  mkdirSync(shadow);
  copyDatabase(profile.paths.data, shadow);
  const env = {
    LD_PRELOAD: library,
    PC_MATCH: profile.paths.database,
    PC_SHADOW: shadow,
    ...(torn && { PC_TORN: '1', PC_SEED: String(cut + 1) }),
  };
  const gateway = await world.start({ env });
  for (let n = 0; n < 4; n++) {
    await world.tell();
    await pause(chance() * 60);
  }
  await pause(chance() * 900);
  await cutOff(gateway, torn);
  copyDatabase(shadow, profile.paths.data);
}

/** A torn cut writes some of the rest first, and then dies by its own hand. */
async function cutOff(gateway: GatewayProcess, torn: boolean): Promise<void> {
  if (torn) gateway.signal('SIGUSR2');
  else await gateway.kill();
  const { signal } = await gateway.ended;
  if (signal !== 'SIGKILL') throw new Error(`the power was not cut, but ${signal} ended it`);
}

/** Takes the files of a database over; what is beside it is made anew. */
function copyDatabase(from: string, to: string): void {
  for (const name of ['atom.db', 'atom.db-wal', 'atom.db-shm']) {
    rmSync(join(to, name), { force: true });
    if (!name.endsWith('-shm') && existsSync(join(from, name)))
      copyFileSync(join(from, basename(name)), join(to, name));
  }
}

export const powerCuts: readonly Fault[] = [
  { name: 'power', nightly: 200, usual: 5, missing, strike: cutPower(false) },
  { name: 'power-torn', nightly: 200, usual: 5, missing, strike: cutPower(true) },
];
