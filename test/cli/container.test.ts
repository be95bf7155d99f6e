import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createReadyWorld, type World } from './world.ts';

describe('atom container print', () => {
  let world: World;
  beforeEach(async () => {
    world = await createReadyWorld();
  });
  afterEach(() => world.remove());

  const print = (...more: readonly string[]) => world.run(['container', 'print', ...more]);
  const USER = ['--user', '1000:1001'];

  it('prints every jail of the profile at its own path, and how to start it', async () => {
    const odd = join(world.home, 'a $HOME: b');
    mkdirSync(odd);
    await world.run(['jails', 'add', odd, '--name', 'odd', '--mode', 'read-only']);
    const { code, stdout } = await print(...USER);
    expect(code).toBe(0);
    const work = join(world.home, 'atom-work');
    const { atom } = parse(stdout).services;
    expect(atom.user).toBe('1000:1001');
    const folder = odd.replace('$', '$$$$');
    expect(atom.volumes).toContainEqual(
      expect.objectContaining({ source: work, target: work, read_only: false }),
    );
    expect(atom.volumes).toContainEqual(
      expect.objectContaining({ source: folder, target: folder, read_only: true }),
    );
    expect(stdout).toContain(`run --rm atom init --yes --jail ${work}\n`);
    expect(stdout).toContain(`default/config.json < ${world.config} `);
  });

  it('prints the same as an object', async () => {
    const [words, object] = [await print(...USER), await print(...USER, '--json')];
    expect(JSON.parse(object.stdout)).toEqual({ schema: 1, compose: parse(words.stdout) });
  });

  it('prints the Dockerfile', async () => {
    const file = join(import.meta.dirname, '..', '..', '.container', 'Dockerfile');
    expect((await print('--dockerfile')).stdout).toBe(readFileSync(file, 'utf8'));
  });

  it.each(['0:0', '0:1000', '1000:0'])('refuses root: %s', async (user) => {
    const { code, stdout, stderr } = await print('--user', user);
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toContain('does not run as root');
  });

  it('wants numbers for the account', async () => {
    const { code, stderr } = await print('--user', 'dana');
    expect(code).toBe(2);
    expect(stderr).toContain('1000:1000');
  });
});
