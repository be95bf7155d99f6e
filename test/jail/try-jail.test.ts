import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JailSpec, ProbeCheck } from '../../src/domain/jail.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { tryJail } from '../../src/jail/probe/try-jail.ts';
import { checkShown } from '../../src/jail/shown.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
let shown: string;
beforeEach(async () => {
  scene = await makeScene();
  shown = join(scene.root, 'ref');
  mkdirSync(shown);
  for (const name of ['.git/hooks', 'node_modules', 'id_keys'])
    mkdirSync(join(scene.jail.folder, name), { recursive: true });
  for (const name of ['.env', '.npmrc', 'id_keys/x'])
    writeFileSync(join(scene.jail.folder, name), 'as it was');
});
afterEach(() => scene.remove());

function attempt(jail: JailSpec, real: JailSpec = jail): Promise<readonly ProbeCheck[]> {
  const { deps, home, root } = scene;
  const rules = { home, stateDirs: [], uid: process.getuid?.() ?? 0 };
  const openShown = (path: string) => checkShown(rules, [scene.jail], path);
  const all = { ...deps, openShown };
  const start = createLauncher(all);
  const launch: typeof start = (request, ...rest) =>
    start('make' in request ? request : { ...request, jail: real }, ...rest);
  const own = [join(root, 'home/.ssh')];
  return tryJail({ ...all, launch, home, own }, jail, AbortSignal.timeout(20_000));
}

const names = (checks: readonly ProbeCheck[]) => checks.map(({ name }) => name);
const lost = (checks: readonly ProbeCheck[]) => names(checks.filter(({ held }) => !held));

test('a jail is held to what it allows and what not, and nothing is left behind', async () => {
  const checks = await attempt({ ...scene.jail, shows: [shown] });
  expect(lost(checks)).toEqual([]);
  expect(names(checks)).toEqual(
    expect.arrayContaining([
      ...['files in the folder can be made', 'files in .git can be made'],
      ...[
        '.git/hooks cannot be changed',
        '.npmrc cannot be changed',
        'node_modules cannot be changed',
      ],
      ...[
        '.env is hidden',
        'id_keys is hidden',
        `${shown} can be read`,
        `${shown} cannot be changed`,
      ],
      ...[`${join(scene.home, '.ssh')} cannot be seen`, 'ports of this machine cannot be reached'],
    ]),
  );
  for (const folder of ['', '.git', '.git/hooks', 'node_modules', 'id_keys'])
    expect(readdirSync(join(scene.jail.folder, folder)).join()).not.toContain('atom-check');
});

test('a read-only jail can be read and nothing in it made', async () => {
  const checks = await attempt({ ...scene.jail, mode: 'read-only' });
  expect(lost(checks)).toEqual([]);
  expect(names(checks)).toContain('no file can be made in the folder');
});

test('a jail with open repositories and free names lets them change', async () => {
  const checks = await attempt({ ...scene.jail, git: 'open', unprotected: ['node_modules'] });
  expect(lost(checks)).toEqual([]);
  expect(names(checks)).toContain('files in node_modules can be made');
});

test('a jail that holds less than it says is found out', async () => {
  const loose: JailSpec = { ...scene.jail, git: 'open', unprotected: ['node_modules', '.npmrc'] };
  expect(lost(await attempt(scene.jail, loose))).toEqual([
    ...[
      '.git/hooks cannot be changed',
      '.npmrc cannot be changed',
      'node_modules cannot be changed',
    ],
  ]);
  expect(existsSync(join(scene.jail.folder, '.npmrc'))).toBe(true);
  const closed: JailSpec = { ...scene.jail, mode: 'read-only' };
  expect(lost(await attempt(scene.jail, closed))).toContain('files in the folder can be made');
});
