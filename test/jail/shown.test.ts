import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JailSpec } from '../../src/domain/jail.ts';
import type { FolderRules } from '../../src/jail/folder.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { checkShown } from '../../src/jail/shown.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
let shown: string;
let rules: FolderRules;
beforeAll(async () => {
  scene = await makeScene();
  shown = join(realpathSync(scene.root), 'ref');
  rules = { home: scene.home, stateDirs: [join(scene.root, 'state')], uid: 0 };
  for (const path of ['sub', 'bin']) mkdirSync(join(shown, path), { recursive: true });
  writeFileSync(join(shown, 'sub/a'), 'to read\n');
  writeFileSync(join(shown, 'sub/.env'), 'SECRET=1\n');
  writeFileSync(join(shown, 'bin/hello'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
});
afterAll(() => scene.remove());

const run = (script: string, shows: readonly string[] = [shown]) => {
  const openShown = (path: string) => checkShown(rules, [scene.jail], path);
  const jail: JailSpec = { ...scene.jail, shows };
  return createLauncher({ ...scene.deps, openShown })(
    { jail, argv: ['/bin/sh', '-c', script], cwd: jail.folder },
    AbortSignal.timeout(10_000),
    () => undefined,
  );
};

test('a folder that a jail shows can be read, and run, and not changed', async () => {
  expect((await run(`cat ${shown}/sub/a; ${shown}/bin/hello`)).stdout).toBe('to read\nhello\n');
  const { stderr } = await run(`echo x > ${shown}/sub/a; rm -r ${shown}/sub; mkdir ${shown}/new`);
  expect(stderr.match(/Read-only file system/g)).toHaveLength(4);
});

test('its secrets are hidden as they are in the jail', async () => {
  expect((await run(`cat ${shown}/sub/.env; ls -A ${shown}/sub`)).stdout).toBe('.env\na\n');
});

test('no other jail sees it', async () => {
  expect((await run(`ls ${shown}`, [])).ending).toMatchObject({ kind: 'exit', code: 2 });
});

test.each([
  ['the whole machine', () => '/'],
  ['your home folder', () => scene.home],
  ['your home folder', () => scene.root],
  ['the system', () => '/etc/ssl'],
  ['atom itself', () => join(scene.root, 'state/logs')],
  ['keys', () => join(scene.home, '.ssh')],
  ['keys', () => join(scene.home, '.config/app')],
  ['it holds .aws', () => join(scene.root, 'cloud')],
  ['the jail work', () => join(scene.jail.folder, 'docs')],
  ['is a link to', () => join(scene.root, 'link')],
])('what is or holds %s cannot be shown', (why, path) => {
  for (const made of ['state/logs', 'home/.config/app', 'cloud/.aws', 'home/work/docs'])
    mkdirSync(join(scene.root, made), { recursive: true });
  if (why === 'is a link to') symlinkSync(shown, path());
  expect(() => checkShown(rules, [scene.jail], path())).toThrow(why);
});

test('a folder that went away is named', () => {
  expect(() => checkShown(rules, [], join(scene.root, 'gone'))).toThrow('There is no folder');
});
