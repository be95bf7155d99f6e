import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkJailFolder, folderInside } from '../../src/jail/folder.ts';

let home: string;
const uid = process.getuid?.() ?? 0;
const check = (path: string) =>
  checkJailFolder({ home, stateDirs: [join(home, '.local/share/atom')], uid }, path);

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'atom-home-'));
  for (const dir of ['work/site', '.local/share/atom/logs', '.ssh', 'open', 'repo/.git/hooks'])
    mkdirSync(join(home, dir), { recursive: true });
  chmodSync(join(home, 'open'), 0o777);
  symlinkSync(join(home, 'work'), join(home, 'alias'));
  symlinkSync('/etc', join(home, 'work/out'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('an ordinary folder may be a jail, and keeps its identity under another name', () => {
  const work = check(join(home, 'work'));
  expect(check(join(home, 'alias'))).toEqual(work);
  expect(check(join(home, 'work/site')).id).not.toBe(work.id);
});

test.each([
  ['the whole machine', () => '/'],
  ['the home folder', () => home],
  ['what is around the home folder', () => join(home, '..')],
  ['a system folder', () => '/etc'],
  ['inside a system folder', () => '/usr/bin'],
  ['around system folders', () => '/usr'],
  ['a shared folder', () => '/tmp'],
  ['around atom’s records', () => join(home, '.local')],
  ['inside atom’s records', () => join(home, '.local/share/atom/logs')],
  ['keys', () => join(home, '.ssh')],
  ['inside a repository’s own files', () => join(home, 'repo/.git/hooks')],
  ['a folder that everybody may write', () => join(home, 'open')],
  ['a link to a system folder', () => join(home, 'work/out')],
])('not a jail: %s', (_name, path) => {
  expect(() => check(path())).toThrow('cannot be a jail');
});

test('a folder of somebody else is not a jail', () => {
  const rules = { home, stateDirs: [], uid: uid + 1 };
  expect(() => checkJailFolder(rules, join(home, 'work'))).toThrow('belongs to another user');
});

test('a missing folder is named', () => {
  expect(() => check(join(home, 'nowhere'))).toThrow(`There is no folder ${home}/nowhere`);
});

test('a folder to work in must lie in the jail, links followed', () => {
  const jail = join(home, 'work');
  expect(folderInside(jail, join(jail, 'site'))).toBe(join(jail, 'site'));
  expect(() => folderInside(jail, join(jail, 'out'))).toThrow('leads out of the jail');
  expect(() => folderInside(jail, home)).toThrow('leads out of the jail');
});
