import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { defaultLimits } from '../../src/jail/limits.ts';
import { watch } from '../../src/jail/watchdog.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.remove());

const MEGABYTE = 1024 ** 2;

test('a command has the same limits whether the shell sets them or a program', async () => {
  const { mechanism } = scene.deps;
  if (mechanism.kind !== 'bwrap') throw new Error('there is no bubblewrap here');
  const seen = async (shellLimits: boolean): Promise<string> => {
    const host = { ...mechanism.host, shellLimits };
    const launch = createLauncher({ ...scene.deps, mechanism: { ...mechanism, host } });
    const argv = ['cat', '/proc/self/limits'];
    const request = { jail: scene.jail, argv, cwd: scene.jail.folder, limits: defaultLimits };
    return (await launch(request, AbortSignal.timeout(10_000), () => undefined)).stdout;
  };
  const byProgram = await seen(false);
  expect(byProgram).toMatch(/Max processes +256 +256 /);
  expect(await seen(mechanism.host.shellLimits)).toBe(byProgram);
});

describe('a command is killed', () => {
  test('when it takes too much memory', async () => {
    const bomb = 'x = []\nwhile True: x.append(bytearray(8 * 1024 * 1024))';
    const limits = { memoryBytes: 128 * MEGABYTE };
    const { ending } = await scene.run(['python3', '-c', bomb], { limits });
    expect(ending).toEqual({ kind: 'memory' });
  });

  test('when several processes together take too much memory', async () => {
    const hog = 'import time; x = bytearray(60 * 1024 * 1024); time.sleep(20)';
    const limits = { memoryBytes: 150 * MEGABYTE };
    const script = `for i in 1 2 3 4; do python3 -c '${hog}' & done; wait`;
    expect((await scene.sh(script, { limits })).ending).toEqual({ kind: 'memory' });
  });

  test('when it takes memory that no process has', async () => {
    const limits = { memoryBytes: 64 * MEGABYTE };
    const hog = `import os, time
held = [os.memfd_create(str(i)) for i in range(8)]
for each in held: os.write(each, bytes(100 << 20))
time.sleep(20)`;
    const { ending } = await scene.run(['python3', '-c', hog], { limits });
    expect(ending).toEqual({ kind: 'memory' });
  });

  test('when it starts processes without end', async () => {
    const limits = { processes: 40, wallMs: 5000 };
    const { ending, stderr } = await scene.sh('while :; do sleep 30 & done', { limits });
    // The kernel refuses to fork for ordinary users; root is not bound by that limit.
    if (process.getuid?.() === 0) expect(ending).toEqual({ kind: 'processes' });
    else expect(stderr).toMatch(/fork/i);
  });

  test('when it never stops talking, and what it said first is kept', async () => {
    const limits = { outputBytes: 10_000 };
    const result = await scene.run(['yes', 'flood'], { limits });
    expect(result.ending).toEqual({ kind: 'output' });
    expect(result.truncated).toBe(true);
    expect(result.stdout).toHaveLength(10_000);
  });

  test('with everything it started, when its time is over', async () => {
    const mark = `86${Date.now() % 100_000}`;
    const script = `sleep ${mark} & (setsid sleep ${mark} &); sleep ${mark}`;
    const result = await scene.sh(script, { limits: { wallMs: 300 } });
    expect(result.ending).toEqual({ kind: 'time' });
    await gone(mark);
  });

  test('and nothing else breaks, when its folder is moved away', async () => {
    const moved = `${scene.jail.folder}-moved`;
    const script = 'echo > on; while :; do sleep 0.05; done';
    const running = scene.sh(script, { limits: { wallMs: 8000 } });
    await expect.poll(() => readdirSync(scene.jail.folder)).toContain('on');
    renameSync(scene.jail.folder, moved);
    expect((await running).ending).toEqual({ kind: 'disk' });
    renameSync(moved, scene.jail.folder);
  });

  test('with everything it started, when somebody stops it', async () => {
    const mark = newId();
    const stop = new AbortController();
    const launch = createLauncher(scene.deps);
    const { jail } = scene;
    const argv = [
      '/bin/sh',
      '-c',
      `echo started; exec python3 -c 'import time; time.sleep(60)' ${mark}`,
    ];
    const result = await launch({ jail, argv, cwd: jail.folder }, stop.signal, () => stop.abort());
    expect(result).toMatchObject({ ending: { kind: 'stopped' }, stdout: 'started\n' });
    await gone(mark);
  });

  test('when the gateway itself is killed', async () => {
    const mark = newId();
    const script = join(import.meta.dirname, 'launch-and-wait.ts');
    const gateway = spawn(process.execPath, [script, scene.root, scene.jail.folder, mark]);
    expect(String(await once(gateway.stdout, 'data'))).toContain('started');
    expect(processesNamed(mark).length).toBeGreaterThan(1);
    gateway.kill('SIGKILL');
    await gone(mark);
  });
});

test('a daemon does not outlive its command', async () => {
  const mark = newId();
  const script = `(setsid python3 -c 'import time; time.sleep(60)' ${mark} >/dev/null 2>&1 &); sleep 0.2`;
  expect((await scene.sh(script)).ending).toEqual({ kind: 'exit', code: 0 });
  await gone(mark);
});

test('one huge file and a full temporary folder are refused by the kernel', async () => {
  const limits = { fileBytes: MEGABYTE };
  const result = await scene.sh('head -c 5M /dev/zero > big; wc -c < big', { limits });
  expect(Number(result.stdout)).toBeLessThanOrEqual(MEGABYTE);
  const full = await scene.sh('head -c 70M /dev/zero > /dev/shm/big; wc -c < /dev/shm/big');
  expect(full.stdout.trim()).toBe(String(64 * MEGABYTE));
});

test('what a command says is streamed while it runs, characters whole', async () => {
  const parts: string[] = [];
  const { jail } = scene;
  const argv = [
    'python3',
    '-c',
    'import sys; w=sys.stdout.buffer; w.write(b"\\xc3"); w.flush(); w.write(b"\\xa4\\n")',
  ];
  const result = await createLauncher(scene.deps)(
    { jail, argv, cwd: jail.folder },
    AbortSignal.timeout(10_000),
    ({ stream, text }) => parts.push(`${stream}:${text}`),
  );
  expect(result.stdout).toBe('ä\n');
  expect(parts.join('')).not.toContain('\uFFFD');
});

test('two commands that write in one folder take turns; one in another folder does not wait', async () => {
  const other = await makeScene();
  const order: string[] = [];
  const launch = createLauncher(scene.deps);
  const go = (name: string, script: string) =>
    launch(
      { jail: scene.jail, argv: ['/bin/sh', '-c', script], cwd: scene.jail.folder },
      AbortSignal.timeout(10_000),
      () => undefined,
    ).then(() => order.push(name));
  await Promise.all([
    go('first', 'sleep 0.3'),
    go('second', 'true'),
    other.sh('true').then(() => order.push('other')),
  ]);
  expect(order).toEqual(['other', 'first', 'second']);
  other.remove();
});

test('a command that cannot be watched is ended, and the gateway lives on', async () => {
  const breaches: string[] = [];
  const stop = watch({ pid: process.pid, limits: defaultLimits, folder: '/nonexistent' }, (b) =>
    breaches.push(b),
  );
  expect(breaches).toEqual(['disk']);
  stop();
});

const processesNamed = (mark: string): string[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(mark));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const gone = (mark: string): Promise<void> =>
  vi.waitFor(() => expect(processesNamed(mark)).toEqual([]), { timeout: 5000, interval: 20 });
