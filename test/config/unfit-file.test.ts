import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findDatabase } from '../../src/cli/doctor/database.ts';
import { openFiles } from '../../src/cli/doctor/machine.ts';
import { readEnv } from '../../src/config/env.ts';
import { readConfig, writeRaw } from '../../src/config/file.ts';
import { glanceAt } from '../../src/config/glance.ts';
import { type Paths, pathsFor } from '../../src/config/paths.ts';
import { createSecretFile } from '../../src/secrets/secret-file.ts';
import { freshFolder } from '../store/fresh.ts';

describe.skipIf(process.platform === 'win32')('what lies in the place of a file', () => {
  let paths: Paths;
  beforeEach(() => {
    const root = freshFolder();
    paths = pathsFor({ ...readEnv(), folders: { atomConfig: join(root, 'c'), atomState: root } });
    mkdirSync(paths.config, { recursive: true, mode: 0o700 });
    mkdirSync(paths.data, { recursive: true, mode: 0o700 });
  });
  const refused = (message: string) => ({
    code: 'config',
    message: expect.stringContaining(message),
  });

  it.each(['600', '644'])('is not waited for where it is a pipe of mode %s', async (mode) => {
    execFileSync('mkfifo', ['-m', mode, paths.configFile]);
    await expect(readConfig(paths)).rejects.toMatchObject({
      ...refused(`${paths.configFile} is not a file.`),
      next: [expect.stringContaining('mv ')],
    });
    expect(glanceAt(paths).folder).toBeUndefined();
    expect(openFiles({ paths, env: readEnv() })).toEqual([]);
    mkdirSync(paths.secrets, { mode: 0o700 });
    execFileSync('mkfifo', ['-m', mode, join(paths.secrets, 'secrets.json')]);
    const secrets = createSecretFile(paths.secrets, paths.profile);
    expect(() => secrets.get('a')).toThrow('secrets.json is not a file.');
  });

  it('is said to be a folder where it is one', async () => {
    mkdirSync(paths.configFile, { mode: 0o755 });
    await expect(readConfig(paths)).rejects.toMatchObject({
      ...refused('is a folder, where a file should be'),
      next: [`Move it away:   mv ${paths.configFile} ${paths.configFile}.aside`],
    });
    expect(openFiles({ paths, env: readEnv() })).toEqual([]);
    mkdirSync(paths.database);
    const [found] = await findDatabase({ paths } as Parameters<typeof findDatabase>[0]);
    expect(found).toMatchObject({ words: expect.stringContaining('is a folder') });
  });

  it('is not written through where it is a link to nothing', async () => {
    const target = join(paths.data, 'elsewhere.json');
    symlinkSync(target, paths.configFile);
    await expect(writeRaw(paths, { version: 1 })).rejects.toMatchObject(refused(target));
    expect(existsSync(target)).toBe(false);
    writeFileSync(target, '{}', { mode: 0o600 });
    await writeRaw(paths, { version: 1 });
    expect(await readConfig(paths)).toMatchObject({ jails: [] });
  });

  it.each(['[]', 'null', '"words"', '7'])('is no settings where it holds %s', async (text) => {
    writeFileSync(paths.configFile, text, { mode: 0o600 });
    await expect(readConfig(paths)).rejects.toMatchObject({
      ...refused(`${paths.configFile} is not an object`),
      next: [expect.stringContaining('Mend the file in an editor')],
    });
  });

  it('is gone through no further than settings go', async () => {
    const deep = `${'['.repeat(3000)}${']'.repeat(3000)}`;
    writeFileSync(paths.configFile, `{"version":1,"rules":${deep}}`, { mode: 0o600 });
    const error = refused(`${paths.configFile}: "rules" holds more than 64 values`);
    await expect(readConfig(paths)).rejects.toMatchObject({
      ...error,
      next: ['Remove it:   atom config unset rules'],
    });
    rmSync(paths.configFile);
    writeFileSync(
      paths.configFile,
      `{"version":1,"${'x'.repeat(9)}":${'['.repeat(9)}1${']'.repeat(9)}}`,
      {
        mode: 0o600,
      },
    );
    await expect(readConfig(paths)).rejects.toMatchObject(refused('is not a setting'));
  });
});
