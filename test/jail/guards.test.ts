import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGuards, type GuardWish } from '../../src/jail/guards.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atom-guards-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string, text = ''): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const found = (mode: 'read-only' | 'read-write' = 'read-write', wish: GuardWish = {}): string[] =>
  findGuards(folder, mode, wish).map(({ path, how }) => `${how} ${path.slice(folder.length + 1)}`);

test('an empty folder needs no mounts', () => {
  expect(found()).toEqual([]);
});

test('git keeps working where it must, and cannot be told what to run', () => {
  for (const path of ['config', 'HEAD', 'hooks/x', 'info/exclude', 'objects/info/alternates'])
    put(`.git/${path}`);
  expect(found()).toEqual([
    'pin .git',
    ...['read-only .git/config', 'read-only .git/hooks', 'read-only .git/info'],
    ...['pin .git/objects', 'pin .git/objects/info', 'read-only .git/objects/info/alternates'],
  ]);
});

test('a jail may hold its repositories closed, or leave them open; secrets stay hidden', () => {
  for (const path of ['.git/config', 'tools/hooks/x', '.env', '.gitmodules', 'sub/.git/HEAD'])
    put(path, '[core]\n\thooksPath = tools/hooks\n');
  const cwd = join(folder, 'sub');
  expect(found('read-write', { git: 'read-only', cwd })).toEqual([
    ...['read-only .git', 'read-only .gitmodules', 'pin tools', 'read-only tools/hooks'],
    ...['pin sub', 'read-only sub/.git', 'hide-file .env'],
  ]);
  const open = found('read-write', { git: 'open', cwd });
  expect(open).toEqual(['read-only .gitmodules', 'hide-file .env']);
});

test('what a jail leaves unprotected may change, and nothing else does', () => {
  for (const path of ['node_modules/x', '.husky/pre-commit', '.github/workflows/ci.yml']) put(path);
  expect(found('read-write', { unprotected: ['node_modules', '.github/workflows'] })).toEqual([
    'read-only .husky',
  ]);
});

test('a .git file, as worktrees have, is read-only', () => {
  put('.git', 'gitdir: elsewhere');
  expect(found()).toEqual(['read-only .git']);
});

test('the folder that core.hooksPath names is read-only, its parents stay in place', () => {
  put('.git/config', '[core]\n\thooksPath = tools/hooks\n');
  put('tools/hooks/pre-commit');
  expect(found()).toEqual(expect.arrayContaining(['pin tools', 'read-only tools/hooks']));
});

test('a hooks folder below a protected one does not open the protected one again', () => {
  put('.git/config', '[core]\n\thooksPath = .husky/_\n');
  put('.husky/_/h');
  expect(found()).toContain('read-only .husky');
  expect(found()).not.toContain('pin .husky');
});

test('secrets are hidden in either kind of jail', () => {
  for (const path of ['.env', '.env.local', 'a.pem', 'id_keys/x', 'environment']) put(path);
  const hidden = [
    'hide-file .env',
    'hide-file .env.local',
    'hide-file a.pem',
    'hide-folder id_keys',
  ];
  expect(found().sort()).toEqual(hidden);
  expect(found('read-only').sort()).toEqual(hidden);
});

test('secrets are hidden however deep they lie, except where only packages are', () => {
  for (const path of ['api/.env', 'a/b/c/d/e/f/id_rsa', 'node_modules/x/.env', 'api/key.pem/x'])
    put(path);
  expect(found('read-only').sort()).toEqual([
    'hide-file a/b/c/d/e/f/id_rsa',
    'hide-file api/.env',
    'hide-folder api/key.pem',
  ]);
});

test('folders above a secret stay in place, and what is protected is not opened by that', () => {
  for (const path of ['a/b/.env', '.vscode/deep/.env', 'c/.env']) put(path);
  const guards = found();
  expect(guards.toSorted()).toEqual([
    ...['hide-file .vscode/deep/.env', 'hide-file a/b/.env', 'hide-file c/.env'],
    ...['pin a', 'pin a/b', 'pin c', 'read-only .vscode'],
  ]);
  // A later mount covers an earlier one, so what is below comes later.
  expect(guards.indexOf('pin a')).toBeLessThan(guards.indexOf('pin a/b'));
  expect(guards.indexOf('pin a/b')).toBeLessThan(guards.indexOf('hide-file a/b/.env'));
  expect(found('read-only').join()).not.toContain('pin');
});

test('too many secrets to hide refuse the command', () => {
  for (let i = 0; i <= 200; i++) put(`s/id_${i}`);
  expect(() => found()).toThrow('more than 200 files and folders to hide');
  rmSync(join(folder, 's'), { recursive: true });
  for (let i = 0; i <= 120; i++) put(`packages/p${i}/.env`);
  expect(found('read-only')).toHaveLength(121);
  expect(() => found()).toThrow('more than 200 files and folders to hide');
});

test('a link with the name of a secret is left alone where it shows nothing of the jail', () => {
  symlinkSync('/oldroot/tmp', join(folder, '.env'));
  symlinkSync('/usr/bin', join(folder, 'id_bin'));
  expect(found()).toEqual([]);
  put('deep/.env.local');
  symlinkSync('.env.local', join(folder, 'deep/.env'));
  expect(found('read-only')).toEqual(['hide-file deep/.env.local']);
});

test('a link with the name of a secret that shows a file of the jail is named, with what removes it', () => {
  put('plain');
  put('deep/x');
  symlinkSync('../plain', join(folder, 'deep/.env.$(touch x)'));
  const refused = expect.objectContaining({
    message: expect.stringContaining('deep/.env.$(touch x) is a symbolic link'),
    next: [expect.stringContaining(`rm '${join(folder, 'deep/.env.$(touch x)')}'`)],
  });
  expect(() => found()).toThrow(refused);
});

test.each(['.git', '.vscode', '.github'])(
  'a link in the place of %s refuses the command',
  (name) => {
    symlinkSync('/usr', join(folder, name));
    expect(() => found()).toThrow(`${name} is a symbolic link`);
  },
);

test('a link to nowhere with a protected name is as good as nothing', () => {
  for (const name of ['.git', '.vscode', '.npmrc']) symlinkSync('/oldroot/tmp', join(folder, name));
  expect(found()).toEqual([]);
  symlinkSync('/oldroot/tmp', join(folder, '.github'));
  expect(() => found()).toThrow('.github is a symbolic link');
});

test('a link in the place of a folder of git is refused as well', () => {
  put('.git/config');
  symlinkSync('/usr', join(folder, '.git/hooks'));
  expect(() => found()).toThrow('.git/hooks is a symbolic link');
});

test('source whose name begins like a key is no secret', () => {
  for (const path of ['src/id_utils.py', 'id_list.ts', 'id_rsa.pub']) put(path);
  expect(found('read-only')).toEqual([]);
});

test('what a command is for replacing is not kept from it; the rest is', () => {
  put('node_modules/x');
  put('.npmrc');
  const names = (unprotected: readonly string[]) =>
    findGuards(folder, 'read-write', { unprotected }).map(({ path }) =>
      path.slice(folder.length + 1),
    );
  expect(names([])).toEqual(['.npmrc', 'node_modules']);
  expect(names(['node_modules'])).toEqual(['.npmrc']);
});
