import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { createFileList } from '../../src/files/list.ts';
import { createFileRead } from '../../src/files/read.ts';
import { createFileWrite } from '../../src/files/write.ts';
import { execute, makeScene, run, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = makeScene();
});
afterEach(() => scene.remove());

const actions = () =>
  [
    [createFileRead(scene.deps), {}],
    [createFileList(scene.deps), {}],
    [createFileWrite(scene.deps), { content: 'pwned' }],
  ] as const;

async function expectRefused(path: string, code = /blocked/): Promise<void> {
  for (const [action, more] of actions()) {
    const outcome = await run(action, { path, ...more }).catch((error) => error);
    expect(outcome, `${action.name} ${path}`).toMatchObject({ code: expect.stringMatching(code) });
  }
  expect(readFileSync(join(scene.root, 'secret'), 'utf8')).toBe('CANARY');
  expect(readdirSync(scene.root).sort()).toEqual(['docs', 'secret', 'work']);
}

describe('no path leads out of the jail', () => {
  test.each([
    ...[
      '../secret',
      '..',
      'a/../../secret',
      './../secret',
      '../work/../secret',
      'a//..//..//secret',
    ],
    ...['/etc/passwd', '/', '/proc/self/environ', '/proc/self/cwd'],
  ])('%s', (path) => expectRefused(path));

  test('absolute paths of the jail’s neighbours', async () => {
    await expectRefused(join(scene.root, 'secret'));
    await expectRefused(join(scene.work, '../secret'));
    await expectRefused(`${scene.work}-other/x`);
  });

  test('links, wherever they point and wherever they stand', async () => {
    symlinkSync(join(scene.root, 'secret'), join(scene.work, 'link'));
    symlinkSync(scene.root, join(scene.work, 'up'));
    symlinkSync('up', join(scene.work, 'twice'));
    for (const path of ['link', 'up/secret', 'twice/secret', 'up/new']) await expectRefused(path);
  });

  test('a folder that becomes a link between the decision and the act', async () => {
    scene.put('d/secret', 'harmless');
    const read = createFileRead(scene.deps);
    const write = createFileWrite(scene.deps);
    const [reading, writing] = [
      await read.prepare({ path: 'd/secret' }, undefined),
      await write.prepare({ path: 'd/new', content: 'x' }, undefined),
    ];
    renameSync(join(scene.work, 'd'), join(scene.work, 'e'));
    symlinkSync(scene.root, join(scene.work, 'd'));
    await expect(execute(read, reading)).rejects.toThrow('link');
    await expect(execute(write, writing)).rejects.toThrow('link');
    expect(readdirSync(scene.root)).not.toContain('new');
  });

  test('links swapped in and out while we read, many times over', async () => {
    scene.put('d/secret', 'harmless');
    const swap = `cd ${scene.work}; for i in $(seq 100); do mv d e; ln -s .. d; rm d; mv e d; done`;
    const swapper = spawn('/bin/sh', ['-c', swap]);
    const seen = new Set<string>();
    const read = createFileRead(scene.deps);
    while (swapper.exitCode === null)
      seen.add(JSON.stringify(await run(read, { path: 'd/secret' }).catch(({ code }) => code)));
    expect([...seen].join()).not.toContain('CANARY');
    expect([...seen].join()).toContain('harmless');
  });
});

test.each(['.env', '.env.local', 'deep/down/.env', 'server.pem', 'id_rsa', 'id_keys/x', '.ENV'])(
  'no agent may touch %s',
  async (path) => {
    scene.put(path, 'secret');
    await expectRefused(path);
  },
);

test('a pipe or a device is not a file to wait for', async () => {
  execFileSync('mkfifo', [join(scene.work, 'pipe')]);
  const read = createFileRead(scene.deps);
  await expect(run(read, { path: 'pipe' })).rejects.toThrow('not a plain file');
});

test('the same file may be named from the jail, absolutely, or in a jail by name', async () => {
  scene.put('a/b', 'found');
  const read = createFileRead(scene.deps);
  const names: Json[] = [
    { path: 'a/b' },
    { path: './a//b' },
    { path: 'a/c/../b' },
    { path: join(scene.work, 'a/b') },
    { path: 'a/b', jail: 'work' },
  ];
  for (const name of names)
    expect(await run(read, name)).toMatchObject({ path: 'a/b', text: 'found' });
  await expect(run(read, { path: 'a/b', jail: 'docs' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(run(read, { path: 'a', jail: 'nope' })).rejects.toMatchObject({ code: 'blocked' });
  mkdirSync(join(scene.work, 'folder'));
  await expect(run(read, { path: 'folder' })).rejects.toThrow('not a plain file');
  await expect(run(read, { path: 'a\0b' })).rejects.toMatchObject({ code: 'usage' });
});

test('a jail whose folder was replaced, by a link or by another folder, is not looked into', async () => {
  scene.put('secret', 'harmless');
  const read = createFileRead(scene.deps);
  expect(await run(read, { path: 'secret' })).toMatchObject({ text: 'harmless' });
  renameSync(scene.work, `${scene.work}.old`);
  mkdirSync(join(scene.root, 'elsewhere'));
  symlinkSync(join(scene.root, 'elsewhere'), scene.work);
  await expect(run(read, { path: 'secret' })).rejects.toThrow('is a link to');
  renameSync(scene.work, `${scene.work}.link`);
  mkdirSync(scene.work);
  scene.put('secret', 'planted');
  await expect(run(read, { path: 'secret', jail: 'work' })).rejects.toThrow('no longer the folder');
});
