import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createReadyWorld();
  // As if nothing had started before.
  const state = join(world.env.XDG_STATE_HOME ?? '', 'atom', 'default');
  rmSync(join(state, 'skills'), { recursive: true, force: true });
});
afterEach(() => world.remove());

/** What a gateway says until its skills are there; the compiler says so where it is loaded at all. */
function saidUntilSkills(): Promise<string> {
  const env = { ESBUILD_BINARY_PATH: '/no/such/compiler' };
  const child = world.start(['start', '--headless'], { env });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/ 11 ready: archive .*\n/.test(said)) resolve(said);
    });
    child.once('exit', () => reject(new Error(said)));
  });
}

describe('the first start of a profile', () => {
  it('does not load the compiler for the skills of the package', async () => {
    expect(await saidUntilSkills()).not.toContain('[esbuild]');
  });

  it('loads it for a skill of the owner', async () => {
    const folder = join(dirname(world.config), 'skills', 'own');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'skill.ts'), 'export const skill = 1;\n');
    expect(await saidUntilSkills()).toContain('[esbuild]');
  });
});
