import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkConfig, knownKeys } from '../../src/config/check.ts';
import { readEnv } from '../../src/config/env.ts';
import { hasProfile, readConfig, readRaw, writeRaw } from '../../src/config/file.ts';
import { ensureFolder } from '../../src/config/folder.ts';
import { nearest } from '../../src/config/nearest.ts';
import { pathsFor } from '../../src/config/paths.ts';

describe('a settings file', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'atom-config-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const paths = () =>
    pathsFor({
      ...readEnv(),
      folders: { atomConfig: join(root, 'c'), atomState: join(root, 's') },
    });

  it('is not made by looking for it', async () => {
    expect(hasProfile(paths())).toBe(false);
    expect(await readRaw(paths())).toBeUndefined();
    await expect(readConfig(paths())).rejects.toMatchObject({ code: 'config' });
    expect(statSync(join(root, 'c'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('takes as private only paths that stay in a jail, and no patterns', () => {
    const jails = [{ name: 'work', folder: '/srv/x' }];
    const check = (path: string) => checkConfig({ version: 1, jails, private: [path] });
    for (const path of ['taxes.pdf', 'work:letters', 'a/b c', '.mail', 'work:a..b'])
      expect(check(path), path).toMatchObject({ ok: true });
    for (const path of [
      '',
      '/etc',
      '../x',
      'work:../x',
      'a/../b',
      '*.pdf',
      'work:',
      'a:b:c',
      'wrk:letters',
    ])
      expect(check(path), path).toMatchObject({ ok: false });
  });

  it('comes back with every default, frozen to the bottom', async () => {
    await writeRaw(paths(), { version: 1, jails: [{ name: 'work', folder: '/srv/x' }] });
    const config = await readConfig(paths());
    expect(config).toMatchObject({
      model: 'offline',
      workspace: 'work',
      jails: [{ name: 'work', folder: '/srv/x', mode: 'read-write' }],
      approvals: { expireSeconds: 300, criticalSeconds: 120 },
      log: { level: 'info' },
    });
    expect(Object.isFrozen(config.jails[0])).toBe(true);
  });

  it('says so where it cannot be read', async () => {
    mkdirSync(paths().configFile, { recursive: true, mode: 0o700 });
    await expect(readConfig(paths())).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('is a folder'),
    });
  });

  it('is no profile that is yet to be set up where its folder cannot be entered', async () => {
    const there = paths();
    mkdirSync(dirname(there.config), { recursive: true, mode: 0o700 });
    symlinkSync(there.config, there.config);
    expect(() => hasProfile(there)).toThrow('cannot be read: ELOOP');
    await expect(readConfig(there)).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('cannot be read: ELOOP'),
    });
  });

  it('is refused whole, with every problem named', () => {
    const checked = checkConfig({
      version: 2,
      jails: [
        { name: 'a', folder: 'relative' },
        { name: 'a', folder: '/b', mod: 'read-only' },
      ],
    });
    expect(checked.ok).toBe(false);
    const problems = checked.ok ? [] : checked.problems;
    expect(problems.map(({ key }) => key)).toEqual(['version', 'jails.0.folder', 'jails.1.mod']);
    expect(problems[2]?.message).toContain('did you mean "jails.1.mode"?');
  });

  it('cannot hold two jails of one name', () => {
    const jail = { name: 'a', folder: '/a' };
    expect(checkConfig({ version: 1, jails: [jail, jail] }).ok).toBe(false);
  });

  it('knows its own keys, also inside lists and below defaults', () => {
    expect(knownKeys([])).toContain('approvals');
    expect(knownKeys(['jails', 0])).toEqual(expect.arrayContaining(['name', 'folder', 'network']));
    expect(knownKeys(['jails', 0, 'limits'])).toContain('memoryMb');
    expect(knownKeys(['channels', 'telegram'])).toEqual([
      'enabled',
      'private',
      'allow',
      'mode',
      'apiRoot',
    ]);
    expect(nearest('approval', knownKeys([]))).toBe('approvals');
    expect(nearest('xyzzy', knownKeys([]))).toBeUndefined();
  });

  it('lies in a folder that only its owner may enter', () => {
    const folder = join(root, 'open', 'inner');
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    expect(statSync(ensureFolder(folder)).mode & 0o777).toBe(0o700);
    writeFileSync(join(root, 'file'), '');
    symlinkSync(join(root, 'file'), join(root, 'link'));
    expect(() => ensureFolder(join(root, 'link'))).toThrow('Cannot make the folder');
  });
});

it('does not say again what was set for a key that belongs into no file', () => {
  const checked = checkConfig({ version: 1, models: { key: 'kanari3-abc' }, model: 7 });
  const said = checked.ok ? [] : checked.problems.map(({ message }) => message);
  expect(said.join('\n')).toContain('"models.key" is not shown here; expected');
  expect(said.join('\n')).toContain('"model" is 7; expected');
});
