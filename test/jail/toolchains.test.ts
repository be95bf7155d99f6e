import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findToolchains } from '../../src/jail/toolchains.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'atom-tools-')));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const make = (path: string): string => {
  mkdirSync(join(home, path, 'bin'), { recursive: true });
  return join(home, path);
};
const find = (path: readonly string[], apart: readonly string[] = []) =>
  findToolchains({ path, home, apart, uid: process.getuid?.() ?? 0 });

test('versions that their manager keeps are shown, in the order of PATH, each once', () => {
  const node = make('.nvm/versions/node/v24.1.0');
  const python = make('.pyenv/versions/3.12.1');
  symlinkSync(join(python, 'bin'), join(home, 'current'));
  const path = [join(home, 'current'), `${node}/bin`, `${python}/bin`, '/usr/bin'];
  expect(find(path)).toEqual([python, node]);
});

test.each([
  ['a folder of a home', '.local'],
  ['the home of a package manager, with its keys', '.cargo'],
  ['the manager itself', '.nvm'],
  ['every version at once', '.nvm/versions/node'],
])('is not shown: %s', (_what, path) => {
  expect(find([`${make(path)}/bin`])).toEqual([]);
});

test('what others could change, or put another in the place of, is not shown', () => {
  const node = make('.nvm/versions/node/v24.1.0');
  for (const path of ['.nvm/versions/node/v24.1.0/bin', '.nvm/versions/node', '.nvm']) {
    chmodSync(join(home, path), 0o777);
    expect(find([`${node}/bin`])).toEqual([]);
    chmodSync(join(home, path), 0o755);
  }
  expect(find([`${node}/bin`])).toEqual([node]);
});

test('what a jail holds, or holds a jail, is not shown; nor what is missing', () => {
  const node = make('.nvm/versions/node/v24.1.0');
  for (const jail of [home, node, join(node, 'lib')])
    expect(find([`${node}/bin`], [jail])).toEqual([]);
  expect(find([join(home, '.nvm/versions/node/v1/bin'), 'relative'])).toEqual([]);
});
