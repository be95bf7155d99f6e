import { cpSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { precompile } from '../../.config/precompile.ts';
import { type LoadedSkills, loadSkills } from '../../src/skills/load.ts';
import type { SkillHost } from '../../src/skills/runtime/host.ts';
import { bundled, openWorkshop, type Workshop } from './workshop.ts';

/** What was compiled, and what ran in a jail. */
const made = vi.hoisted(() => ({ compiled: 0, launched: 0 }));
vi.mock('esbuild', async (original) => {
  const esbuild = await original<typeof import('esbuild')>();
  const build = (...options: Parameters<typeof esbuild.build>) => {
    made.compiled += 1;
    return esbuild.build(...options);
  };
  return { ...esbuild, build };
});

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
  cpSync(join(bundled, 'calculator'), folder(), { recursive: true });
  const { name, contents } = await precompile(folder());
  mkdirSync(precompiled());
  writeFileSync(join(precompiled(), name), contents);
  Object.assign(made, { compiled: 0, launched: 0 });
});
afterEach(() => shop.remove());

const folder = (): string => join(shop.skillsRoot, 'calculator');
const precompiled = (): string => join(shop.root, 'precompiled');
const load = (origin: 'bundled' | 'profile' = 'bundled'): Promise<LoadedSkills> => {
  const launch: SkillHost['launch'] = (...request) => {
    made.launched += 1;
    return shop.host.launch(...request);
  };
  const deps = {
    host: { ...shop.host, launch },
    roots: [{ folder: shop.skillsRoot, origin }],
    cache: join(shop.root, 'cache'),
    precompiled: precompiled(),
  };
  return loadSkills(deps, AbortSignal.timeout(25_000));
};
const answer = async (loaded: LoadedSkills) =>
  (await shop.call(loaded, { skill: 'calculator', input: { expression: '6 * 7' } })).value;

describe('a skill of the package that the build compiled', () => {
  it('is there and runs without a compiler, and is what its source compiles to', async () => {
    const taken = await load();
    expect(made).toEqual({ compiled: 0, launched: 0 });
    expect(await answer(taken)).toEqual({ text: '42', value: 42 });
    const anew = await load('profile');
    expect(made).toEqual({ compiled: 1, launched: 1 });
    const [one, other] = [taken, anew].map(({ skills }) => skills[0]);
    expect(basename(one?.module ?? '')).toBe(basename(other?.module ?? ''));
    expect({ ...one?.skill, origin: 'profile' }).toEqual(other?.skill);
  });

  it('is compiled anew, and describes itself, once a file of it is another', async () => {
    const file = 'export const calculate = () => 13;\nexport const numberText = String;\n';
    writeFileSync(join(folder(), 'calculate.ts'), file);
    const loaded = await load();
    expect(made).toEqual({ compiled: 1, launched: 1 });
    expect(await answer(loaded)).toEqual({ text: '13', value: 13 });
  });

  it('is compiled where the build left only what was made of other files', async () => {
    const [left = ''] = readdirSync(precompiled());
    renameSync(join(precompiled(), left), join(precompiled(), `${'0'.repeat(64)}.json`));
    expect((await load()).skills).toHaveLength(1);
    expect(made).toEqual({ compiled: 1, launched: 1 });
  });
});
