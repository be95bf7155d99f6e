import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, type LogLine } from '../../src/base/log.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';

describe('stored keys, where no keychain answers', () => {
  let root: string;
  let said: LogLine[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'atom-secrets-'));
    said = [];
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const open = (env: Record<string, string> = {}, profile = 'default') =>
    createSecrets({
      dir: join(root, 'kept'),
      profile,
      env,
      log: createLog((line) => said.push(line)),
      keychain: false,
    });
  const file = (): string => join(root, 'kept', 'secrets.json');

  it('come back after a restart, and never lie readable on disk', async () => {
    expect(await open().set('telegram.token', '123:VALUE-ü')).toBe('file');
    expect(await open().get('telegram.token')).toBe('123:VALUE-ü');
    for (const name of readdirSync(join(root, 'kept'))) {
      const path = join(root, 'kept', name);
      expect(readFileSync(path, 'utf8')).not.toContain('VALUE');
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(root, 'kept')).mode & 0o777).toBe(0o700);
    expect(JSON.stringify(said)).not.toContain('VALUE');
  });

  it('leave nothing on disk until the first is stored', async () => {
    expect(await open().get('openai.key')).toBeUndefined();
    expect(readdirSync(root)).toEqual([]);
  });

  it('go before the environment, which stands in where nothing is stored', async () => {
    const secrets = open({ ANTHROPIC_API_KEY: 'from-env' });
    expect(await secrets.get('anthropic.key')).toBe('from-env');
    await secrets.set('anthropic.key', 'from-file');
    expect(await secrets.get('anthropic.key')).toBe('from-file');
    await secrets.remove('anthropic.key');
    expect(await secrets.get('anthropic.key')).toBe('from-env');
  });

  it('are listed by name and place, without values', async () => {
    const secrets = open({ OPENAI_API_KEY: 'x1' });
    await secrets.set('telegram.token', 'x2');
    expect(await secrets.list()).toEqual([
      { name: 'openai.key', where: 'environment' },
      { name: 'telegram.token', where: 'file' },
    ]);
    expect((await secrets.where()).place).toBe('file');
  });

  it('are not taken for missing while the keychain that holds them is locked', async () => {
    mkdirSync(join(root, 'kept'));
    const names = join(root, 'kept', 'keychain.json');
    writeFileSync(names, JSON.stringify({ version: 1, names: ['telegram.token', 'whatsapp.key'] }));
    chmodSync(names, 0o600);
    const locked = { code: 'credentials', message: expect.stringContaining('is locked or away') };
    await expect(open().get('telegram.token')).rejects.toMatchObject(locked);
    expect(await open().get('slack.bot')).toBeUndefined();
    expect(await open({ TELEGRAM_BOT_TOKEN: 'x' }).get('telegram.token')).toBe('x');
    await open().set('telegram.token', 'kept in the file');
    expect(await open().get('telegram.token')).toBe('kept in the file');
    await open().remove('telegram.token');
    expect(await open().get('telegram.token')).toBeUndefined();
    await expect(open().get('whatsapp.key')).rejects.toMatchObject(locked);
  });

  it('say whether there was anything to remove', async () => {
    await open().set('a', '1');
    expect(await open().remove('a')).toBe(true);
    expect(await open().remove('a')).toBe(false);
  });

  it('do not open once they were changed, swapped, or moved to another profile', async () => {
    await open().set('a', 'one');
    await open().set('b', 'two');
    const kept = JSON.parse(readFileSync(file(), 'utf8'));
    const { a, b } = kept.secrets;
    writeFileSync(file(), JSON.stringify({ ...kept, secrets: { a: b, b: a } }));
    await expect(open().get('a')).rejects.toMatchObject({ code: 'credentials' });
    writeFileSync(file(), JSON.stringify(kept));
    expect(await open().get('a')).toBe('one');
    await expect(open({}, 'other').get('a')).rejects.toMatchObject({ code: 'credentials' });
  });

  it('are refused while others on the machine may read them', async () => {
    await open().set('a', 'one');
    chmodSync(join(root, 'kept', 'secrets.key'), 0o640);
    await expect(open().get('a')).rejects.toMatchObject({
      code: 'config',
      next: [expect.stringContaining('chmod 600')],
    });
  });

  it('say what to do where their key or their file is lost', async () => {
    await open().set('a', 'one');
    rmSync(join(root, 'kept', 'secrets.key'));
    await expect(open().get('a')).rejects.toMatchObject({ code: 'credentials' });
    writeFileSync(file(), 'torn');
    await expect(open().get('a')).rejects.toMatchObject({ code: 'config' });
  });

  it('have plain names and a value', async () => {
    await expect(open().set('../x', '1')).rejects.toMatchObject({ code: 'usage' });
    await expect(open().set('a', '')).rejects.toMatchObject({ code: 'usage' });
  });
});
