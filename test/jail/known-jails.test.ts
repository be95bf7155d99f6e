import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeJailFolder } from '../../src/cli/jails/folder.ts';
import type { JailSpec } from '../../src/domain/jail.ts';
import { knowJails, overlapping } from '../../src/jail/known-jails.ts';

let root: string;
let outer: JailSpec;
let inner: JailSpec;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'atom-known-')));
  outer = { name: 'outer', folder: join(root, 'work'), mode: 'read-write' };
  inner = { name: 'inner', folder: join(root, 'work/inner'), mode: 'read-only' };
  mkdirSync(inner.folder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const know = (...jails: readonly JailSpec[]) =>
  knowJails({ home: join(root, 'home'), stateDirs: [], uid: process.getuid?.() ?? 0 }, jails);

test('a jail that shows what it may not show cannot be used, and says why', () => {
  const known = know(outer, { ...inner, folder: join(root, 'beside') });
  mkdirSync(join(root, 'beside'));
  mkdirSync(join(root, 'ref'));
  expect(known.trouble(outer.folder, [join(root, 'ref')])).toBeUndefined();
  expect(known.trouble(outer.folder, [join(root, 'beside')])).toContain('the jail inner');
  expect(known.trouble(outer.folder, [join(root, 'gone')])).toContain('There is no folder');
});

test('a jail is the folder that it was when the jails were read', () => {
  const known = know(outer);
  expect(known.open(outer.folder).path).toBe(outer.folder);
  renameSync(outer.folder, join(root, 'old'));
  expect(known.trouble(outer.folder)).toContain('There is no folder');
  mkdirSync(outer.folder);
  expect(known.trouble(outer.folder)).toContain('no longer the folder it was');
  expect(know(outer).trouble(outer.folder)).toBeUndefined();
});

test('a jail that became a link, or is reached through one, is refused', () => {
  const known = know(inner);
  rmSync(inner.folder, { recursive: true });
  mkdirSync(join(root, 'elsewhere'));
  symlinkSync(join(root, 'elsewhere'), inner.folder);
  expect(() => known.open(inner.folder)).toThrow('is a link to');
  expect(know(inner).trouble(inner.folder)).toContain('is a link to');
  rmSync(inner.folder);
  mkdirSync(inner.folder);
  symlinkSync(outer.folder, join(root, 'alias'));
  const folder = join(root, 'alias/inner');
  expect(know({ ...inner, folder }).trouble(folder)).toContain('name the folder itself');
});

test('a jail inside one that commands may write to is refused; inside a read-only one it is not', () => {
  expect(know(outer, inner).trouble(inner.folder)).toContain('lies inside the jail outer');
  expect(know(outer, inner).trouble(outer.folder)).toBeUndefined();
  expect(know({ ...outer, mode: 'read-only' }, inner).trouble(inner.folder)).toBeUndefined();
});

test('jails overlap where commands may write in the outer one', () => {
  expect(overlapping(inner, [outer])).toBe(outer);
  expect(overlapping(outer, [inner])).toBe(inner);
  expect(overlapping({ ...outer, mode: 'read-only' }, [inner])).toBeUndefined();
  expect(overlapping({ ...inner, folder: `${outer.folder}-2` }, [outer])).toBeUndefined();
});

test('a folder that is added inside a jail of the owner is refused, and not left behind', () => {
  const env = { home: join(root, 'home') };
  const paths = { config: join(root, 'c'), data: join(root, 'd'), state: join(root, 's') };
  const place = { env, paths } as Parameters<typeof makeJailFolder>[0];
  const beside = { mode: 'read-only', jails: [outer] } as const;
  const folder = join(outer.folder, 'new');
  expect(() => makeJailFolder(place, folder, beside)).toThrow('lie one inside the other');
  expect(existsSync(folder)).toBe(false);
  expect(makeJailFolder(place, join(root, 'beside'), beside).created).toBe(true);
});
