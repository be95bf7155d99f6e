import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { planLaunch } from '../../src/jail/plan.ts';
import type { ProcessPlan } from '../../src/jail/process-plan.ts';
import { start } from '../../src/jail/start.ts';
import { family } from '../../src/jail/watchdog.ts';
import { processesWith } from '../flows/stage/processes.ts';
import { until } from '../flows/stage/until.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.remove());

const planFor = async (argv: readonly string[]): Promise<ProcessPlan> => {
  const { jail, deps } = scene;
  return (await planLaunch(deps, { jail, argv, cwd: jail.folder })).plan;
};

/** What the command says where one of bubblewrap's pipes holds `bytes`, and the gateway is alive and well. */
async function said(plan: ProcessPlan, at: number, bytes: Buffer): Promise<string> {
  const child = start(plan);
  child.stderr?.resume();
  plan.fds.forEach((fd, i) => {
    const pipe = child.stdio[3 + i] as Duplex | null;
    pipe?.on('error', () => undefined).resume();
    if (fd.kind === 'gate') pipe?.end('go\n');
    if (fd.kind === 'data') pipe?.end(i === at ? bytes : fd.bytes);
  });
  let out = '';
  child.stdout?.on('data', (part) => {
    out += part;
  });
  await once(child, 'close');
  return out;
}

function pipeAt(plan: ProcessPlan, at: number): Buffer {
  const fd = plan.fds[at];
  if (fd?.kind !== 'data') throw new Error(`descriptor ${3 + at} takes no bytes`);
  return fd.bytes;
}

describe('bubblewrap starts nothing', () => {
  test('where the list of its arguments is cut off anywhere', async () => {
    const plan = await planFor(['echo', 'ran']);
    const at = Number(plan.args[plan.args.indexOf('--args') + 1]) - 3;
    const list = pipeAt(plan, at);
    const ends = [...list.keys()].filter((i) => list[i] === 0).map((i) => i + 1);
    expect(ends.length).toBeGreaterThan(50);
    const ran: number[] = [];
    for (const end of [0, ...ends.slice(0, -1), list.length - 2])
      if ((await said(plan, at, list.subarray(0, end))) !== '') ran.push(end);
    expect(ran).toEqual([]);
    expect(await said(plan, at, list)).toBe('ran\n');
  });

  test('where its system call filter is cut off', async () => {
    const plan = await planFor(['echo', 'ran']);
    const at = plan.fds.findIndex(
      (fd) =>
        fd.kind === 'data' &&
        scene.deps.mechanism.kind === 'bwrap' &&
        fd.bytes.equals(scene.deps.mechanism.seccomp),
    );
    const filter = pipeAt(plan, at);
    const ran: number[] = [];
    for (let end = 0; end < filter.length; end += 8 * 20)
      if ((await said(plan, at, filter.subarray(0, end))) !== '') ran.push(end);
    expect(ran).toEqual([]);
    expect(await said(plan, at, filter)).toBe('ran\n');
  });
});

describe('a gateway that is killed while a jail is being built', () => {
  test('leaves no command behind, whatever bubblewrap was just reading', async () => {
    const plan = await planFor(['/bin/sh', '-c', 'true']);
    const pipes = plan.fds.filter(({ kind }) => kind === 'data');
    for (const held of pipes.keys()) {
      const mark = newId();
      const gateway = startHeld(mark, held);
      const [first] = await once(gateway.stdout as Duplex, 'data');
      const bytes = Buffer.from(String(first), 'base64');
      await untilAsleep(gateway.pid ?? 0);
      gateway.kill('SIGKILL');
      await once(gateway, 'exit');
      (gateway.stdio[3] as Duplex).on('error', () => undefined).end(bytes);
      await until('nothing of it left', () => processesWith(mark).length === 0);
      expect(existsSync(join(scene.jail.folder, 'ran')), `pipe ${held}`).toBe(false);
    }
  }, 60_000);

  const startHeld = (mark: string, held: number): ChildProcess =>
    spawn(
      process.execPath,
      [join(import.meta.dirname, 'launch-held.ts'), scene.root, scene.jail.folder, mark, `${held}`],
      { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] },
    );
});

/** Resolves once the innermost process below one has slept for a while. */
async function untilAsleep(pid: number): Promise<void> {
  let asleep = { innermost: 0, looks: 0 };
  await until('bubblewrap waits', () => {
    const innermost = family(pid, 100).at(-1) ?? pid;
    const sleeps = innermost !== pid && / S /.test(statOf(innermost));
    const looks = innermost === asleep.innermost && sleeps ? asleep.looks + 1 : 0;
    asleep = { innermost, looks };
    return looks > 3;
  });
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // it ended while we looked
  }
}
