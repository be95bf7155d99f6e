import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLauncher } from '../../src/jail/launch.ts';
import { createPipes } from '../../src/jail/pipes.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.remove());

const open = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // that of the listing itself
    }
  });
const pipes = (): readonly string[] => open().filter((path) => path.includes('atom-pipes-'));

describe('what a command says', () => {
  test('can be opened by its name in /dev, as scripts do', async () => {
    const said = await scene.sh(
      'echo out > /dev/stdout; echo err > /dev/stderr; echo more | tee /dev/stderr',
    );
    expect(said).toMatchObject({
      ending: { kind: 'exit', code: 0 },
      stdout: 'out\nmore\n',
      stderr: 'err\nmore\n',
    });
  });

  test('is read whole, however much it is and however it ends', async () => {
    const { stdout, ending } = await scene.sh('seq 1 100000; kill -9 $$');
    expect(stdout.trimEnd().split('\n')).toHaveLength(100_000);
    expect(ending).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  test('goes through no file, and cannot be cut off', async () => {
    const { stdout } = await scene.sh(
      'echo first; : > /proc/self/fd/1; [ -p /proc/self/fd/1 ] && echo pipe',
    );
    expect(stdout).toBe('first\npipe\n');
  });
});

test('many commands at once have pipes of their own, and none is left open but those in store', async () => {
  const launch = createLauncher(scene.deps);
  const jail = { ...scene.jail, mode: 'read-only' as const };
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      launch(
        { jail, argv: ['/bin/sh', '-c', `echo ${i} > /dev/stdout`], cwd: jail.folder },
        AbortSignal.timeout(20_000),
        () => undefined,
      ),
    ),
  );
  expect(all.map(({ stdout }) => stdout)).toEqual(all.map((_, i) => `${i}\n`));
  expect(pipes().length % 2).toBe(0);
  const before = pipes().length;
  await launch(
    { jail, argv: ['true'], cwd: jail.folder },
    AbortSignal.timeout(20_000),
    () => undefined,
  );
  expect(pipes().length).toBeLessThan(before + 16);
  // Their names are gone: nobody finds them in the file system.
  expect(pipes().filter((path) => !path.endsWith('(deleted)'))).toEqual([]);
});

test('a pipe ends once nobody holds its other end', async () => {
  const pipe = await createPipes()();
  expect(pipe).toBeDefined();
  const from = pipe?.open();
  const ended = new Promise((resolve) => from?.once('close', resolve));
  from?.resume();
  pipe?.handOver();
  await ended;
});
