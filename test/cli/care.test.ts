import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { createReadyWorld, type World } from './world.ts';

describe('looking after a profile', () => {
  let world: World;
  beforeAll(async () => {
    world = await createReadyWorld();
  });
  afterAll(() => world.remove());

  const mode = (): number => statSync(world.config).mode & 0o777;

  it('finds a file that others can open, and closes it and makes a missing folder where told', async () => {
    chmodSync(world.config, 0o644);
    rmSync(join(world.home, 'atom-work'), { recursive: true });
    const audit = await world.run(['security', 'audit', '--json']);
    expect(audit.code).toBe(78);
    const open = JSON.parse(audit.stdout).findings.find(
      (one: { name: string }) => one.name === 'files',
    );
    expect(open).toMatchObject({ state: 'bad', next: [`chmod 600 ${world.config}`] });
    expect(mode()).toBe(0o644);
    const { stderr } = await world.run(['doctor', '--fix']);
    expect(stderr).toContain(`Closed to others: ${world.config}`);
    expect(mode()).toBe(0o600);
    expect(existsSync(join(world.home, 'atom-work'))).toBe(true);
  });

  it('finds nothing wide open in a profile as it is set up', async () => {
    const { code, stdout } = await world.run(['security', 'audit', '--json']);
    expect(stdout).toContain('work: as narrow as atom makes it');
    const bad = JSON.parse(stdout).findings.filter(({ state }: Finding) => state === 'bad');
    // Root is told that it is, whatever else there is.
    const root = process.getuid?.() === 0;
    expect(bad.map(({ name }: Finding) => name)).toEqual(root ? ['user'] : []);
    expect(code).toBe(root ? 1 : 0);
  });

  it('asks npm which atom is the newest, and says so where it cannot', async () => {
    const bin = join(world.home, 'bin');
    mkdirSync(bin);
    const asked = async (script: string) => {
      writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const path = [bin, process.env.PATH ?? ''].join(delimiter);
      return await world.run(['update', '--check'], { env: { PATH: path } });
    };
    const newer = await asked('[ "$1 $3" = "view version" ] && echo 99.0.0');
    expect(newer).toMatchObject({ code: 0, stdout: expect.stringMatching(/^99\.0\.0 is out; /) });
    for (const script of ['exit 1', 'echo "99.0.0; rm -rf ~"']) {
      const { code, stdout, stderr } = await asked(script);
      expect([code, stdout]).toEqual([7, '']);
      expect(stderr).toContain('npm could not say');
      expect(stderr).not.toContain('rm');
    }
  });
});
