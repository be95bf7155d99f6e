import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemCode } from '../../../src/base/errors.ts';
import { until } from '../../flows/stage/until.ts';
import type { Fault } from './fault.ts';
import { breathe, inWorld } from './kills.ts';
import type { World } from './world.ts';

const DISK_BYTES = 24 * 1024 ** 2;

const onLinux = (): string | undefined =>
  process.platform === 'linux' ? undefined : 'needs bubblewrap';

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (const bytes of [64 * 1024, 512]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if (systemCode(error) !== 'ENOSPC') throw error;
    }
  }
}

/** The state is on a small disk of its own, which is full again and again while people talk. */
const fullDisk: Fault['strike'] = (times, settings) =>
  inWorld(settings, {}, async (world) => {
    const { profile, chance, tell } = world;
    const state = join(profile.folder, 's');
    const onDisk = 'from=$1; to=$2; shift 2; cp -a "$from/." "$to" && exec "$@"';
    const around = [
      ...['bwrap', '--die-with-parent', '--dev-bind', '/', '/'],
      ...['--bind', state, '/mnt', '--size', String(DISK_BYTES), '--tmpfs', state, '--'],
      ...['sh', '-c', onDisk, 'sh', '/mnt', state],
    ];
    const gateway = await world.start({ around });
    const pid = Number((await gateway.logged('listening on')).fields.pid);
    const seen = (path: string): string => `/proc/${pid}/root${path}`;
    const wrong: string[] = [];
    for (let n = 0; n < times; n++) {
      const filler = seen(join(profile.paths.state, 'filler'));
      await tell();
      await pause(chance() * 300);
      fill(filler);
      for (let more = 0; more < 3; more++) await tell();
      await pause(500 + chance() * 1500);
      rmSync(filler);
      await until('every answer', world.isQuiet, 120_000).catch(
        () => void wrong.push('the gateway did not go on once there was room'),
      );
    }
    // As it is at one moment, before the small disk goes with the gateway.
    process.kill(pid, 'SIGSTOP');
    for (const name of ['atom.db', 'atom.db-wal', 'atom.db-shm']) {
      const file = join(profile.paths.data, name);
      rmSync(file, { force: true });
      if (!name.endsWith('-shm') && existsSync(seen(file)))
        copyFileSync(seen(file), join(profile.paths.data, basename(file)));
    }
    await gateway.kill();
    return { struck: times, wrong };
  });

/** So many of the calls of one kind fail as if the disk had. */
const failing =
  (probability: number, ...points: readonly string[]): Fault['strike'] =>
  (times, settings) =>
    inWorld(settings, {}, async (world) => {
      const rules = points.flatMap((name) => [
        '-c',
        `enable_random name=${name},probability=${probability}`,
      ]);
      const around = ['fiu-run', '-x', '-f', '', ...rules];
      let struck = 0;
      for (let n = 0; n < times; n++) {
        if (await oneBadDisk(world, around)) struck += 1;
        await breathe(world, n);
      }
      return { struck, wrong: struck === 0 ? ['no error of the disk was seen at all'] : [] };
    });

/** True where the gateway saw an error of its disk. */
async function oneBadDisk(world: World, around: readonly string[]): Promise<boolean> {
  const { chance, tell } = world;
  const gateway = world.spawn({ around });
  // A start that fails says so and ends; the next one has better luck.
  const ready = gateway.logged('ready', 40_000).then(
    () => true,
    () => false,
  );
  if (await Promise.race([ready, gateway.ended.then(() => false)])) {
    for (let more = 0; more < 6; more++) {
      await tell();
      await pause(chance() * 200);
    }
    await pause(chance() * 1500);
  }
  await gateway.kill();
  return gateway.stderr().includes('disk reported an error');
}

const withFiu = (): string | undefined =>
  spawnSync('fiu-run', ['-h']).error === undefined
    ? undefined
    : 'needs libfiu (Debian: apt-get install fiu-utils)';

/** What was told meanwhile is answered once the database can be written again. */
const readOnly: Fault['strike'] = (times, settings) =>
  inWorld(settings, {}, async (world) => {
    const wrong: string[] = [];
    for (let n = 0; n < times; n++) {
      await leaveUnanswered(world);
      const { data } = world.profile.paths;
      const around = [
        'bwrap',
        '--die-with-parent',
        '--dev-bind',
        '/',
        '/',
        '--ro-bind',
        data,
        data,
      ];
      const gateway = world.spawn({ around: [...around, '--'] });
      const { code } = await gateway.ended;
      if (code === 0 || !/cannot be (written|opened)/.test(gateway.stderr()))
        wrong.push(`a read-only database: exit ${code}, ${gateway.stderr().slice(-300)}`);
      await world.tell();
      await breathe(world, n);
    }
    return { struck: times, wrong };
  });

async function leaveUnanswered({ start, tell, chance }: World): Promise<void> {
  const gateway = await start();
  for (let more = 0; more < 3; more++) await tell();
  await pause(chance() * 300);
  await gateway.kill();
}

export const disks: readonly Fault[] = [
  { name: 'full-disk', nightly: 20, usual: 2, missing: onLinux, strike: fullDisk },
  {
    name: 'write-errors',
    nightly: 60,
    usual: 4,
    missing: withFiu,
    strike: failing(0.02, 'posix/io/rw/pwrite'),
  },
  {
    name: 'fsync-errors',
    nightly: 60,
    usual: 4,
    missing: withFiu,
    strike: failing(0.04, 'posix/io/sync/fsync', 'posix/io/sync/fdatasync'),
  },
  { name: 'read-only', nightly: 20, usual: 2, missing: onLinux, strike: readOnly },
];
