import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createReadyWorld, createWorld, type World } from './world.ts';

describe('setting up a profile', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.remove());

  const read = (): unknown => JSON.parse(readFileSync(world.config, 'utf8'));

  it('takes the defaults with --yes: offline, ~/atom-work, this terminal', async () => {
    const { code, stderr } = await world.run(['init', '--yes']);
    expect(code).toBe(0);
    expect(stderr).toContain('Ready.');
    const folder = join(world.home, 'atom-work');
    expect(read()).toEqual({
      version: 1,
      model: 'offline',
      workspace: 'work',
      jails: [{ name: 'work', folder, mode: 'read-write' }],
      channels: {},
    });
    expect(statSync(folder).isDirectory()).toBe(true);
    expect(statSync(world.config).mode & 0o777).toBe(0o600);
    expect(statSync(join(world.config, '..')).mode & 0o777).toBe(0o700);
  });

  it('asks nobody without a terminal, and says which flag to pass', async () => {
    const { code, stdout, stderr } = await world.run(['init']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('atom init --yes');
    expect(existsSync(world.config)).toBe(false);
  });

  it('stores a bot’s token from stdin, and never in the settings', async () => {
    const words = ['init', '--yes', '--channel', 'telegram', '--allow', '77', '--token-stdin'];
    const { code, stdout, stderr } = await world.run(words, { stdin: '123:SECRET\n' });
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('SECRET');
    expect(read()).toMatchObject({ channels: { telegram: { enabled: true, allow: ['77'] } } });
    expect(readFileSync(world.config, 'utf8')).not.toContain('SECRET');
    const listed = await world.run(['secrets', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toEqual({
      schema: 1,
      secrets: [{ name: 'telegram.token', where: 'file' }],
    });
  });

  it('stores a model’s key under its provider', async () => {
    const words = ['init', '--yes', '--json', '--model', 'anthropic/x', '--api-key-stdin'];
    const { stdout } = await world.run(words, { stdin: 'key' });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      model: 'anthropic/x',
      secrets: ['anthropic.key'],
    });
  });

  it('refuses a folder that may be no jail, and writes nothing', async () => {
    const { code, stderr } = await world.run(['init', '--yes', '--jail', '/etc']);
    expect(code).toBe(7);
    expect(stderr).toContain('belongs to the system');
    expect(existsSync(world.config)).toBe(false);
  });

  it.each([
    [['--model', 'gpt'], 'provider/model'],
    [['--channel', 'telegram', '--allow', 'dana'], 'a numeric user id'],
    [['--api-key-stdin'], '--model'],
    [['--allow', '77'], '--channel telegram'],
  ])('refuses %j with exit 2 and leaves no trace', async (flags, words) => {
    const { code, stderr } = await world.run(['init', '--yes', ...flags], { stdin: 'x' });
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(existsSync(world.config)).toBe(false);
    expect(existsSync(join(world.home, 'atom-work'))).toBe(false);
  });

  it('only checks the second time', async () => {
    await world.run(['init', '--yes']);
    const before = readFileSync(world.config, 'utf8');
    const again = await world.run(['init', '--yes', '--json']);
    expect(readFileSync(world.config, 'utf8')).toBe(before);
    const { healthy, findings } = JSON.parse(again.stdout);
    expect(again.code).toBe(healthy ? 0 : 78);
    expect(findings).toContainEqual({ name: 'model', state: 'good', words: 'offline', next: [] });
  });

  it.each([
    [['--jail', '~/my site'], "atom jails add '~/my site'"],
    [['--model', 'local/x'], 'atom config set model local/x'],
    [['--channel', 'telegram'], 'atom config set channels.telegram.enabled true'],
    [['--token-stdin'], 'atom secrets set telegram.token'],
    [['--api-key-stdin', '--model', 'openai/x'], 'atom secrets set openai.key'],
  ])('refuses %j for a profile that is there, and says what changes it', async (flags, command) => {
    const ready = await createReadyWorld();
    onTestFinished(ready.remove);
    const before = readFileSync(ready.config, 'utf8');
    const { code, stderr } = await ready.run(['init', '--yes', ...flags], { stdin: 'x' });
    expect(code).toBe(2);
    expect(stderr).toContain(command);
    expect(readFileSync(ready.config, 'utf8')).toBe(before);
  });

  it('exits with the code of what the check finds', async () => {
    await world.run(['init', '--yes', '--model', 'anthropic/x']);
    const keyless = await world.run(['init', '--check']);
    expect(keyless.code).toBe(4);
    expect(keyless.stdout).toContain('atom secrets set anthropic.key');
    writeFileSync(
      world.config,
      readFileSync(world.config, 'utf8').replace('anthropic/x', 'offline'),
    );
    expect((await world.run(['init', '--check'])).code).toBe(0);
    rmSync(join(world.home, 'atom-work'), { recursive: true });
    const folderless = await world.run(['init', '--check']);
    expect(folderless.code).toBe(1);
    expect(folderless.stdout).toContain('mkdir -p');
    writeFileSync(world.config, '{');
    expect((await world.run(['init', '--check'])).code).toBe(78);
  });

  it('is edited in what its questions are about, and in nothing else', async () => {
    const ready = await createReadyWorld();
    onTestFinished(ready.remove);
    const settings = () => JSON.parse(readFileSync(ready.config, 'utf8'));
    const other = { name: 'docs', folder: join(ready.home, 'docs'), mode: 'read-only' };
    const before = settings();
    const kept = { limits: { tokensPerDay: 5000 }, jails: [...before.jails, other] };
    writeFileSync(ready.config, JSON.stringify({ ...before, ...kept }));
    const telegram = ['--channel', 'telegram', '--allow', '77'];
    expect((await ready.run(['init', '--edit', '--yes', ...telegram])).code).toBe(0);
    expect(settings()).toEqual({
      ...before,
      ...kept,
      channels: { telegram: { enabled: true, allow: ['77'] } },
    });
    const words = ['init', '--edit', '--yes', '--model', 'local/x', '--jail', '~/other'];
    expect((await ready.run(words)).code).toBe(0);
    const folder = join(ready.home, 'other');
    expect(settings()).toMatchObject({
      model: 'local/x',
      limits: kept.limits,
      jails: [{ name: 'work', folder, mode: 'read-write' }, other],
      channels: { telegram: { enabled: true, allow: ['77'] } },
    });
    const inside = await ready.run(['init', '--edit', '--yes', '--jail', join(folder, '..')]);
    expect(inside.code).toBe(7);
    expect(settings().jails[0].folder).toBe(folder);
  });

  it('is put away whole after a yes, and comes back by what it says then', async () => {
    const ready = await createReadyWorld();
    onTestFinished(ready.remove);
    const before = readFileSync(ready.config, 'utf8');
    const unasked = await ready.run(['init', '--reset']);
    expect([unasked.code, existsSync(ready.config)]).toEqual([2, true]);
    const { code, stdout } = await ready.run(['init', '--reset', '--yes', '--json']);
    expect(code).toBe(0);
    expect(existsSync(ready.config)).toBe(false);
    expect(existsSync(join(ready.home, 'atom-work'))).toBe(true);
    expect((await ready.run(['init', '--reset', '--yes'])).code).toBe(78);
    const { trash } = JSON.parse(stdout);
    expect(trash.length).toBeGreaterThan(0);
    for (const { from, to } of trash) renameSync(to, from);
    expect(readFileSync(ready.config, 'utf8')).toBe(before);
  });

  it('gives a further profile a folder of its own, and says where one is shared', async () => {
    const ready = await createReadyWorld();
    onTestFinished(ready.remove);
    const folder = (profile: string) =>
      ready.run(['config', 'get', 'jails.0.folder', '-p', profile]);
    const own = await ready.run(['init', '--yes', '-p', 'two']);
    expect((await folder('two')).stdout.trim()).toBe(join(ready.home, 'atom-two'));
    expect(own.stderr).not.toContain('also used');
    const inside = await ready.run(['init', '--yes', '-p', 'three', '--jail', '~/atom-work/deep']);
    expect(inside.stderr).toContain('~/atom-work/deep is also used by profile default');
  });

  it('keeps profiles apart', async () => {
    await world.run(['init', '--yes', '--profile', 'second', '--jail', '~/other']);
    expect(existsSync(world.config)).toBe(false);
    const { stdout } = await world.run(['config', 'get', 'jails.0.folder', '-p', 'second']);
    expect(stdout.trim()).toBe(join(world.home, 'other'));
  });
});
