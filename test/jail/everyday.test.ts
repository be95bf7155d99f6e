import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLauncher } from '../../src/jail/launch.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.remove());

describe('everyday commands work in a jail', () => {
  test('git makes a repository and commits, run after run', async () => {
    const who = '-c user.name=atom -c user.email=atom@localhost';
    const first = await scene.sh('git init -q -b main r && cd r && echo one > f && git add f');
    expect(first).toMatchObject({ ending: { kind: 'exit', code: 0 }, stderr: '' });
    const cwd = join(scene.jail.folder, 'r');
    await scene.sh(`git ${who} commit -qm one`, { cwd });
    const again = await scene.sh(
      `echo two >> f && git ${who} commit -qam two && git log --oneline && git status --porcelain`,
      { cwd },
    );
    expect(again.stderr).toBe('');
    expect(again.stdout.trim().split('\n')).toHaveLength(2);
  });

  test.each([
    ['python3', ['python3', '-c', 'print(6 * 7)'], '42\n'],
    ['node', ['node', '-p', '6 * 7'], '42\n'],
    [
      'node starting a program',
      ['node', '-e', 'console.log(require("child_process").execSync("echo hi")+"")'],
      'hi\n\n',
    ],
    ['a pipeline in a shell', ['sh', '-c', 'seq 3 | sort -r | head -1'], '3\n'],
    ['who am I', ['sh', '-c', 'cd ~ && pwd && hostname'], '/home/atom\natom\n'],
  ] as const)('%s', async (_name, argv, stdout) => {
    expect(await scene.run(argv)).toMatchObject({ ending: { kind: 'exit', code: 0 }, stdout });
  });

  test('sed changes a file in place, and tar packs and unpacks', async () => {
    const script =
      'echo old > t && sed -i s/old/new/ t && tar cf t.tar t && rm t && tar xf t.tar && cat t';
    expect(await scene.sh(script)).toMatchObject({ stdout: 'new\n', stderr: '' });
  });

  test('a compiler', async () => {
    const script = 'echo "int main(){return 7;}" > t.c && gcc -o t t.c && ./t';
    expect((await scene.sh(script)).ending).toEqual({ kind: 'exit', code: 7 });
  });

  test('standard input is what was given, and nothing otherwise', async () => {
    expect((await scene.run(['cat'], { stdin: 'given' })).stdout).toBe('given');
    expect((await scene.run(['cat'])).stdout).toBe('');
  });

  test('exit codes and signals are told apart', async () => {
    expect((await scene.sh('exit 3')).ending).toEqual({ kind: 'exit', code: 3 });
    expect((await scene.sh('kill -SEGV $$')).ending).toEqual({ kind: 'signal', signal: 'SIGSEGV' });
  });
});

test('a file of the host can be lent to a command, read-only, but not over the jail or the system', async () => {
  const host = join(scene.root, 'lent');
  writeFileSync(host, 'lent');
  const lend = (inside: string) =>
    scene.sh(`cat ${inside}; echo x > ${inside}`, { readOnly: [{ host, inside }] });
  expect((await lend('/opt/atom/lent')).stdout).toBe('lent');
  expect(readFileSync(host, 'utf8')).toBe('lent');
  for (const inside of [
    join(scene.jail.folder, 'x'),
    '/etc/passwd',
    '/usr/x',
    scene.root,
    '/opt/../etc/x',
  ])
    await expect(lend(inside)).rejects.toThrow('cannot be shown');
});

test('a program runs with the bytes that were looked at, whatever lies there by then', async () => {
  const path = join(scene.jail.folder, 'tool.sh');
  writeFileSync(path, '#!/bin/sh\necho approved\n', { mode: 0o755 });
  const place = {
    folder: scene.jail.folder,
    cwd: scene.jail.folder,
    readOnly: [],
    shown: ['/usr'],
    path: ['/usr/bin'],
  };
  const program = await scene.deps.programs.resolve(place, './tool.sh');
  writeFileSync(path, '#!/bin/sh\necho swapped\n');
  expect((await scene.run(['./tool.sh'], { program })).stdout).toBe('approved\n');
  expect((await scene.run(['./tool.sh'])).stdout).toBe('swapped\n');
});

test('a folder below a repository of its own is guarded as well', async () => {
  const cwd = join(scene.jail.folder, 'site');
  mkdirSync(join(cwd, '.git/hooks'), { recursive: true });
  writeFileSync(join(cwd, '.git/config'), '[core]\n\thooksPath = tools/hooks\n');
  mkdirSync(join(cwd, 'tools/hooks'), { recursive: true });
  writeFileSync(join(cwd, '.env'), 'CANARY');
  const script =
    'cat .env; echo x > .git/hooks/post-checkout; echo x > tools/hooks/pre-push; mv tools t; ls -R';
  const { stdout } = await scene.sh(script, { cwd });
  expect(stdout).not.toMatch(/CANARY|post-checkout|pre-push|^t:/m);
});

test('a toolchain of the owner is found first, and cannot be changed', async () => {
  const prefix = join(scene.root, 'toolchain');
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  mkdirSync(join(prefix, 'etc'));
  writeFileSync(join(prefix, 'etc/npmrc'), 'token');
  const tool = join(prefix, 'bin', 'python3');
  writeFileSync(tool, '#!/bin/sh\necho from the toolchain\n', { mode: 0o755 });
  const launch = createLauncher({ ...scene.deps, toolchains: [prefix] });
  const go = (argv: readonly string[]) =>
    launch(
      { jail: scene.jail, argv, cwd: scene.jail.folder },
      AbortSignal.timeout(5000),
      () => undefined,
    );
  expect((await go(['python3'])).stdout).toBe('from the toolchain\n');
  expect((await go(['ls', '-A', join(prefix, 'etc')])).stdout).toBe('');
  expect((await go(['sh', '-c', `echo x > ${tool}; python3`])).stdout).toBe('from the toolchain\n');
});

test('a program whose real place the jail does not show is not found', async () => {
  const outside = join(scene.root, 'outside-tool');
  writeFileSync(outside, '#!/bin/sh\n', { mode: 0o755 });
  symlinkSync(outside, join(scene.jail.folder, 'linked-tool'));
  await expect(scene.run(['./linked-tool'])).rejects.toThrow('which the jail does not show');
});
