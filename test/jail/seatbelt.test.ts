import { expect, test } from 'vitest';
import { defaultLimits } from '../../src/jail/limits.ts';
import { seatbeltArguments } from '../../src/jail/seatbelt.ts';

const profile = {
  folder: '/Users/dana/my "work" (1).x',
  mode: 'read-write' as const,
  tmp: '/private/tmp/command-1',
  toolchains: ['/Users/dana/.nvm/v24'],
  readOnly: [],
  argv: ['/usr/bin/git', 'status', '$(evil)'],
  limits: defaultLimits,
};

const textOf = (mode: 'read-only' | 'read-write'): string =>
  seatbeltArguments({ ...profile, mode })[1] ?? '';

test('everything is denied that is not allowed, the network always', () => {
  const lines = textOf('read-write').split('\n');
  expect(lines.slice(0, 2)).toEqual(['(version 1)', '(deny default)']);
  expect(lines).toContain('(deny network*)');
  expect(lines).toContain('(deny file-write-setugid)');
});

test('only a read-write jail may be written', () => {
  const rule = '(allow file-write* (subpath (param "JAIL")))';
  expect(textOf('read-write')).toContain(rule);
  expect(textOf('read-only')).not.toContain(rule);
});

test('paths travel as parameters and cannot end a rule early', () => {
  const args = seatbeltArguments(profile);
  expect(args).toContain(`JAIL=${profile.folder}`);
  expect(args).toContain('EXTRA0=/Users/dana/.nvm/v24');
  expect(args[1]).not.toContain('my "work"');
});

test('protected and secret names are denied at any depth, in any case', () => {
  const rules = [...textOf('read-write').matchAll(/^\(deny file-(\w+)\* \(regex #"(.*)"\)\)$/gm)];
  const denied = (operation: string, path: string): boolean =>
    rules.some(([, what, regex]) => what === operation && new RegExp(regex ?? '').test(path));
  for (const path of ['.git', '.git/hooks/x', 'a/b/.GIT/Config', '.github/workflows/ci.yml'])
    expect(denied('write', `${profile.folder}/${path}`), path).toBe(true);
  for (const path of ['.env', 'a/.Env.local', 'server.pem', 'a/id_rsa'])
    expect(denied('read', `${profile.folder}/${path}`), path).toBe(true);
  for (const path of ['src/git', 'xgit/config', 'environment', 'bid_a'])
    expect(
      denied('write', `${profile.folder}/${path}`) || denied('read', `${profile.folder}/${path}`),
      path,
    ).toBe(false);
});

const deniesWrite = (more: object) => {
  const text = seatbeltArguments({ ...profile, ...more })[1] ?? '';
  const rules = [...text.matchAll(/^\(deny file-write\* \(regex #"(.*)"\)\)$/gm)];
  return (path: string): boolean =>
    rules.some(([, regex]) => new RegExp(regex ?? '').test(`${profile.folder}/${path}`));
};

test('of a repository may change what the jail says', () => {
  const guarded = deniesWrite({});
  for (const path of ['.git', 'a/.git/config', '.git/hooks/x', '.git/commondir', '.git/objects'])
    expect(guarded(path), path).toBe(true);
  for (const path of ['.git/HEAD', '.git/index.lock', '.git/objects/ab/cd', '.git/refs/heads/x'])
    expect(guarded(path), path).toBe(false);
  expect(deniesWrite({ git: 'read-only' })('.git/HEAD')).toBe(true);
  expect(deniesWrite({ git: 'open' })('.git/hooks/x')).toBe(false);
  expect(deniesWrite({ git: 'open' })('.gitmodules')).toBe(true);
});

test('what a jail leaves unprotected may be written', () => {
  expect(deniesWrite({})('node_modules/x')).toBe(true);
  expect(deniesWrite({ unprotected: ['node_modules'] })('node_modules/x')).toBe(false);
});

test('a shown folder may be read, but for its secrets', () => {
  const args = seatbeltArguments({ ...profile, shows: ['/Users/dana/ref'] });
  expect(args).toContain('EXTRA1=/Users/dana/ref');
  const text = args[1] ?? '';
  expect(text).toContain('(subpath (param "EXTRA1"))');
  const hidden = [...text.matchAll(/^\(deny file-read\* \(regex #"(.*)"\)\)$/gm)];
  const reads = (path: string) => !hidden.some(([, regex]) => new RegExp(regex ?? '').test(path));
  expect([reads('/Users/dana/ref/a/.env'), reads('/Users/dana/ref/a/b')]).toEqual([false, true]);
});

test('the shell that sets the limits never reads the command', () => {
  const args = seatbeltArguments(profile);
  const shell = args.slice(args.indexOf('/bin/sh'));
  expect(shell[2]).toMatch(/^ulimit [-a-z0-9 ]+ && exec "\$@"$/);
  expect(shell.slice(3)).toEqual(['sh', ...profile.argv]);
});
