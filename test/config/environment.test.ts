import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { checkConfig } from '../../src/config/check.ts';
import { type Env, gatewayEnvironment, readEnv } from '../../src/config/env.ts';
import { listedIn } from '../../src/config/listed.ts';
import { withEnv } from '../../src/config/load.ts';
import { MAX_SOCKET_BYTES, pathsFor } from '../../src/config/paths.ts';

describe('the environment', () => {
  const before = { ...process.env };
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(ATOM|XDG|TELEGRAM|ANTHROPIC|OPENAI)_/.test(name)) delete process.env[name];
    }
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  });

  it('gives up its secrets when it is read, so that no child inherits them', () => {
    process.env.TELEGRAM_BOT_TOKEN = '123:abc';
    process.env.OPENAI_API_KEY = 'sk-1';
    const env = readEnv();
    expect(env.secrets).toEqual({ TELEGRAM_BOT_TOKEN: '123:abc', OPENAI_API_KEY: 'sk-1' });
    expect(process.env).not.toHaveProperty('TELEGRAM_BOT_TOKEN');
    expect(process.env).not.toHaveProperty('OPENAI_API_KEY');
    expect(Object.isFrozen(env)).toBe(true);
  });

  it('hands the secrets to the gateway’s own process only', () => {
    process.env.TELEGRAM_BOT_TOKEN = '123:abc';
    expect(gatewayEnvironment(readEnv())).toMatchObject({ TELEGRAM_BOT_TOKEN: '123:abc' });
  });

  it.each(['HOME', 'ATOM_CONFIG_DIR', 'ATOM_STATE_DIR'])(
    'refuses a %s that depends on where one is',
    (name) => {
      process.env[name] = 'relative';
      expect(() => readEnv()).toThrow(expect.objectContaining({ code: 'config' }));
      expect(() => readEnv()).toThrow(`${name} is "relative"`);
    },
  );

  it('ignores XDG folders that are no absolute path, as their specification wants it', () => {
    for (const name of ['CONFIG_HOME', 'DATA_HOME', 'STATE_HOME', 'RUNTIME_DIR'])
      process.env[`XDG_${name}`] = 'relative';
    expect(readEnv().folders).toEqual({});
    process.env.XDG_CONFIG_HOME = '/absolute';
    expect(readEnv().folders).toEqual({ xdgConfig: '/absolute' });
  });

  it('refuses an allowlist that holds anything but ids', () => {
    process.env.TELEGRAM_ALLOWED_USER_IDS = '77,@dana';
    expect(() => readEnv()).toThrow('"@dana"');
  });

  it('has PORT outrank the settings, and refuses one that is none', () => {
    const { webhooks } = config({ webhooks: { port: 9100 } });
    delete process.env.PORT;
    expect(withEnv(config({ webhooks }), readEnv()).webhooks.port).toBe(9100);
    process.env.PORT = '8080';
    expect(withEnv(config({ webhooks }), readEnv()).webhooks.port).toBe(8080);
    for (const wrong of ['tcp://10.0.0.1:80', '70000', '-1']) {
      process.env.PORT = wrong;
      expect(() => readEnv()).toThrow('PORT');
    }
  });

  it('listens for webhooks beyond this machine only where nobody can read along', () => {
    const ok = (webhooks: object): boolean => checkConfig({ version: 1, webhooks } as Json).ok;
    const tls = { cert: '/c.pem', key: '/k.pem' };
    expect(ok({})).toBe(true);
    expect(ok({ host: '::1' })).toBe(true);
    expect(ok({ host: '0.0.0.0' })).toBe(false);
    expect(ok({ host: '0.0.0.0', tls })).toBe(true);
    expect(ok({ host: '0.0.0.0', trustedProxy: ['10.0.0.2'] })).toBe(true);
    expect(ok({ publicUrl: 'https://Atom.example.com/a' })).toBe(true);
    for (const wrong of ['http://a.example', 'https://u:p@a.example', 'https://a.example/'])
      expect(ok({ publicUrl: wrong })).toBe(false);
  });

  it('knows programs by their names, and never as an owner', () => {
    const secretly = { name: 'deploys', role: 'owner' };
    const of = (sources: object[]) =>
      checkConfig({ version: 1, channels: { webhook: { sources } } } as unknown as Json);
    expect(of([secretly]).ok).toBe(false);
    expect(of([{ name: 'a' }, { name: 'a' }]).ok).toBe(false);
    expect(of([{ name: 'a', url: 'http://example.com/in' }]).ok).toBe(false);
    const { channels } = config({
      channels: {
        telegram: { allow: ['7'] },
        webhook: {
          sources: [{ name: 'a' }, { name: 'b', role: 'member', url: 'https://b.example' }],
        },
      },
    });
    expect([...listedIn(channels)].map(([channel, ids]) => [channel, [...ids]])).toEqual([
      ['telegram', [['7', 'owner']]],
      [
        'webhook',
        [
          ['a', 'guest'],
          ['b', 'member'],
        ],
      ],
    ]);
  });

  const config = (raw: object) => {
    const checked = checkConfig({ version: 1, ...raw });
    if (!checked.ok) throw new Error(checked.problems[0]?.message);
    return checked.config;
  };

  it('turns Telegram on by a token alone, for the ids it names', () => {
    process.env.TELEGRAM_BOT_TOKEN = '123:abc';
    process.env.TELEGRAM_ALLOWED_USER_IDS = '77, 78';
    const { channels } = withEnv(config({}), readEnv());
    expect(channels.telegram).toMatchObject({ enabled: true, allow: ['77', '78'] });
  });

  it('adds to the allowlist of the file, and leaves off what the file turns off', () => {
    process.env.TELEGRAM_BOT_TOKEN = '123:abc';
    process.env.TELEGRAM_ALLOWED_USER_IDS = '77,78';
    const file = config({ channels: { telegram: { enabled: false, allow: ['78', '79'] } } });
    expect(withEnv(file, readEnv()).channels.telegram).toMatchObject({
      enabled: false,
      allow: ['78', '79', '77'],
    });
  });

  it('names no channel where neither file nor environment does', () => {
    expect(withEnv(config({}), readEnv()).channels).toEqual({});
  });
});

describe('where things are', () => {
  const env = (folders: Env['folders'], home = '/home/dana'): Env => ({
    ...readEnv(),
    platform: 'linux',
    home,
    temporary: '/tmp',
    folders,
  });

  it('follows the XDG folders, each profile in its own', () => {
    const paths = pathsFor(env({}), 'work');
    expect(paths).toMatchObject({
      configFile: '/home/dana/.config/atom/work/config.json',
      database: '/home/dana/.local/share/atom/work/atom.db',
      socket: '/home/dana/.local/state/atom/work/run/work.sock',
    });
    expect(pathsFor(env({ xdgRuntime: '/run/user/1000' })).socket).toBe(
      '/run/user/1000/atom/default.sock',
    );
  });

  it('keeps a socket’s path short enough for every system, however deep the folders are', () => {
    const sockets = [10, 60, 70, 80, 90, 150].map(
      (length) => pathsFor(env({ atomState: `/${'x'.repeat(length)}` })).socket,
    );
    for (const socket of sockets) {
      expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(MAX_SOCKET_BYTES);
    }
    expect(new Set(sockets).size).toBe(sockets.length);
    expect(sockets.at(-1)).toMatch(/^\/tmp\/atom-\d+\/[0-9a-f]{12}\.sock$/);
  });
});
