import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, type World } from './world.ts';

describe('the settings of a profile', () => {
  let world: World;
  beforeEach(async () => {
    world = await createReadyWorld();
  });
  afterEach(() => world.remove());

  const put = (text: string): void => writeFileSync(world.config, text);

  it('are read, changed and put back from the command line', async () => {
    const set = await world.run(['config', 'set', 'log.level', 'debug']);
    expect(set.stderr).toContain('Undo:   atom config unset log.level');
    expect((await world.run(['config', 'get', 'log.level'])).stdout).toBe('debug\n');
    await world.run(['config', 'unset', 'log.level']);
    expect((await world.run(['config', 'get', 'log.level'])).stdout).toBe('info\n');
  });

  it('are told to editors as a JSON Schema', async () => {
    const { stdout } = await world.run(['config', 'schema']);
    const { properties } = JSON.parse(stdout);
    expect(properties.edition.enum).toEqual(['personal', 'enterprise']);
    const written = Object.keys(JSON.parse(readFileSync(world.config, 'utf8')));
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(written));
  });

  it('take lists with commas', async () => {
    await world.run(['config', 'set', 'channels.telegram.allow', '5012233,5012234']);
    const { stdout } = await world.run(['config', 'get', 'channels.telegram.allow', '--json']);
    expect(JSON.parse(stdout).value).toEqual(['5012233', '5012234']);
  });

  it('refuse a value that makes no sense, and keep the old one', async () => {
    const { code, stderr } = await world.run(['config', 'set', 'log.level', 'loud']);
    expect(code).toBe(2);
    expect(stderr).toContain('"debug" or "info"');
    expect((await world.run(['config', 'get', 'log.level'])).stdout).toBe('info\n');
  });

  it('name an unknown key, the one that was meant, and the command that mends it', async () => {
    put('{"version":1,"chanels":{}}');
    const { code, stderr } = await world.run(['config', 'validate']);
    expect(code).toBe(78);
    expect(stderr).toContain(world.config);
    expect(stderr).toContain('"chanels" is not a setting; did you mean "channels"?');
    expect(stderr).toContain('atom config unset chanels');
    expect((await world.run(['config', 'unset', 'chanels'])).code).toBe(0);
    expect((await world.run(['config', 'validate'])).code).toBe(0);
  });

  it('name the key and what was expected where a value is of the wrong type', async () => {
    put('{"version":1,"approvals":{"expireSeconds":"soon"}}');
    const { code, stderr } = await world.run(['config', 'list', '--json']);
    expect(code).toBe(78);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe('config');
    expect(error.message).toContain('"approvals.expireSeconds" is "soon"; expected');
  });

  it('stay as they are where the file is not JSON', async () => {
    put('{"version":1,');
    const { code, stderr } = await world.run(['config', 'list']);
    expect(code).toBe(78);
    expect(stderr).toContain('is not valid JSON');
    expect(readFileSync(world.config, 'utf8')).toBe('{"version":1,');
  });

  it('name the line where the file is not JSON, once', async () => {
    put('{"version":1,\n"log":{},}');
    const { stderr } = await world.run(['config', 'validate']);
    expect(stderr).toContain(`${world.config} is not valid JSON: line 2, column 10: Expected`);
    put('{"version":1,"log":tru}');
    expect((await world.run(['config', 'list'])).stderr.match(/not valid JSON/g)).toHaveLength(1);
  });

  it('ask for the one version there is where it is missing', async () => {
    put('{}');
    const { stderr } = await world.run(['config', 'validate']);
    expect(stderr).toContain('Mend it:   atom config set version 1\n');
    expect(stderr).not.toContain('<value>');
    expect((await world.run(['config', 'set', 'version', '1'])).code).toBe(0);
    expect((await world.run(['config', 'validate'])).code).toBe(0);
  });

  it('are told once by the doctor where they are wrong', async () => {
    put('{"version":1,"chanels":{}}');
    const { code, stdout } = await world.run(['doctor']);
    expect(code).toBe(78);
    expect(stdout.match(/"chanels" is not a setting/g)).toHaveLength(1);
  });

  it('are undone by a command that a shell takes as it is printed', async () => {
    put('{"version":1,"jails":[{"name":"work","folder":"/tmp/it\'s a site"}]}');
    const { stderr } = await world.run(['config', 'set', 'jails.0.folder', '/tmp/x']);
    expect(stderr).toContain(`Undo:   atom config set jails.0.folder '/tmp/it'\\''s a site'`);
    const undo = /Undo: +(.*)/.exec(stderr)?.[1] ?? '';
    const said = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${undo}`]).toString();
    expect(said.trimEnd().split('\n').at(-1)).toBe("/tmp/it's a site");
  });

  it('are refused while others on the machine may read them', async () => {
    chmodSync(world.config, 0o644);
    const { code, stderr } = await world.run(['config', 'list']);
    expect(code).toBe(78);
    expect(stderr).toContain(`chmod 600 ${world.config}`);
  });

  it('cannot reach what every object inherits', async () => {
    const { code } = await world.run(['config', 'set', '__proto__.x', '1']);
    expect(code).toBe(2);
  });

  it('hold more than one jail, and give none up that commands run in', async () => {
    const added = await world.run(['jails', 'add', join(world.home, 'Site One')]);
    expect(added.stderr).toContain('atom jails remove site-one');
    const { stdout } = await world.run(['jails', 'list', '--json']);
    expect(JSON.parse(stdout).jails.map((jail: { name: string }) => jail.name)).toEqual([
      'work',
      'site-one',
    ]);
    expect((await world.run(['jails', 'rm', 'site-one'])).code).toBe(0);
    expect((await world.run(['jails', 'remove', 'work'])).code).toBe(2);
    expect((await world.run(['jails', 'add', '/usr/bin'])).code).toBe(7);
  });

  it('show a folder whose name would paint the terminal with its signs written out', async () => {
    const folder = join(world.home, 'red\u001b[31m one');
    const added = await world.run(['jails', 'add', folder, '--name', 'red']);
    const removed = await world.run(['jails', 'remove', 'red']);
    for (const { code, stderr } of [added, removed]) {
      expect(code).toBe(0);
      expect(stderr).not.toContain('\u001b');
      expect(stderr).toContain('⟦U+001B⟧');
    }
    expect(removed.stderr).toMatch(/atom jails add '.*one' --name red/);
  });

  it('take no file for a folder', async () => {
    const { code, stderr } = await world.run(['jails', 'add', world.config]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${world.config} is a file, not a folder`);
  });

  it('come with keys: one that nothing reads is stored and told', async () => {
    const slip = await world.run(['secrets', 'set', 'telegram.tokn'], { stdin: 'x' });
    expect(slip.code).toBe(0);
    expect(slip.stderr).toContain('Nothing reads "telegram.tokn"');
    await world.run(['config', 'set', 'models', '{"mistral":{}}']);
    for (const name of ['telegram.token', 'mistral.key']) {
      const { stderr } = await world.run(['secrets', 'set', name], { stdin: 'x' });
      expect(stderr).not.toContain('Nothing reads');
    }
  });
});
