import { chmodSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadedSkills, loadSkills } from '../../src/skills/load.ts';
import type { SkillHost } from '../../src/skills/runtime/host.ts';
import { openWorkshop, sourceOf, type Workshop } from './workshop.ts';

let shop: Workshop;
let launched: number;
beforeEach(async () => {
  shop = await openWorkshop();
  launched = 0;
});
afterEach(() => shop.remove());

const cache = (): string => join(shop.root, 'cache');

/** Loads the skills and counts how often one ran in its jail for it. */
function load(): Promise<LoadedSkills> {
  const launch: SkillHost['launch'] = (...request) => {
    launched += 1;
    return shop.host.launch(...request);
  };
  const deps = {
    host: { ...shop.host, launch },
    roots: [{ folder: shop.skillsRoot, origin: 'profile' as const }],
    cache: cache(),
  };
  return loadSkills(deps, AbortSignal.timeout(25_000));
}

describe('a skill that an earlier start compiled and described', () => {
  it('is the same without running again, and works', async () => {
    shop.skill('echo', sourceOf('echo', 'return input.text;'));
    const first = await load();
    const second = await load();
    expect(launched).toBe(1);
    expect(second).toEqual(first);
    expect((await shop.call(second, { skill: 'echo', input: { text: 'hi' } })).value).toBe('hi');
  });

  it('is compiled and described anew once any file of its folder changed', async () => {
    shop.skill('two/lib', 'export const skill = 1;');
    shop.skill(
      'two',
      `import { skill as one } from './lib/skill.ts';\n${sourceOf('two', 'return one;')}`,
    );
    await load();
    shop.skill('two/lib', 'export const skill = 2;');
    const loaded = await load();
    expect(launched).toBe(2);
    expect((await shop.call(loaded, { skill: 'two', input: {} })).value).toBe(2);
  });

  it('is compiled anew where its module or what was kept of it was touched', async () => {
    shop.skill('echo', sourceOf('echo', 'return 1;'));
    const [first] = (await load()).skills;
    for (const name of readdirSync(cache())) {
      chmodSync(join(cache(), name), 0o600);
      writeFileSync(join(cache(), name), 'export const skill = {};');
      expect((await load()).skills[0]?.skill).toEqual(first?.skill);
    }
    expect(launched).toBe(3);
  });

  it('is known again with a link inside its folder, and refused with one that leads out', async () => {
    shop.skill('echo', sourceOf('echo', 'return 1;'));
    symlinkSync('skill.ts', join(shop.skillsRoot, 'echo', 'other.ts'));
    await load();
    await load();
    expect(launched).toBe(1);
    symlinkSync(shop.jail.folder, join(shop.skillsRoot, 'echo', 'out'));
    const { skills, disabled } = await load();
    expect(skills).toEqual([]);
    expect(disabled[0]?.reason).toContain('out is a link that leads out of the skill’s folder');
  });
});
