import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSkills } from '../../src/skills/load.ts';
import type { ReadDeps } from '../../src/skills/load-module.ts';
import { openWorkshop, sourceOf, type Workshop } from './workshop.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

const inJail = (name: string, source: string): void =>
  shop.put(`.atom/skills/${name}/skill.ts`, source);

/** The jail's root comes first, so that nothing hangs on the order in which roots are named. */
const load = (limits: ReadDeps['limits'] = {}, more: Partial<ReadDeps> = {}) => {
  const { folder } = shop.jail;
  const roots = [
    {
      folder: join(folder, '.atom', 'skills'),
      origin: 'jail' as const,
      jail: { name: 'work', folder },
    },
    { folder: shop.skillsRoot, origin: 'profile' as const },
  ];
  const cache = join(shop.root, 'cache');
  return loadSkills(
    { host: shop.host, roots, cache, limits, ...more },
    AbortSignal.timeout(25_000),
  );
};

describe('a skill that takes too long to say what it is', () => {
  it('is ended and disabled alone', async () => {
    shop.skill('own', sourceOf('own', 'return 1;'));
    inJail('later', sourceOf('later', 'return 1;'));
    await load();
    inJail('hangs', 'while (true);');
    const { skills, disabled } = await load({ describeMs: 300 });
    expect(skills.map(({ skill }) => skill.name)).toEqual(['own', 'later']);
    expect(disabled).toMatchObject([
      { id: 'work/hangs', reason: expect.stringContaining('it took too long') },
    ]);
  });

  it('is not tried again while nothing of it changed', async () => {
    shop.skill('hangs', 'while (true);');
    const failed: ReadDeps['failed'] = new Map();
    await load({ describeMs: 300 }, { failed });
    let started = 0;
    const launch: typeof shop.host.launch = (...asked) => {
      started += 1;
      return shop.host.launch(...asked);
    };
    const again = () => load({}, { failed, host: { ...shop.host, launch } });
    expect((await again()).disabled).toMatchObject([
      { id: 'hangs', reason: expect.stringContaining('it took too long') },
    ]);
    expect(started).toBe(0);
    shop.skill('hangs', sourceOf('hangs', 'return 1;'));
    expect((await again()).disabled).toEqual([]);
    expect(started).toBe(1);
  });

  it('takes no time of the owner’s where it lies in a jail', async () => {
    shop.skill('own', sourceOf('own', 'return 1;'));
    inJail('hangs', 'while (true);');
    inJail('later', sourceOf('later', 'return 1;'));
    const { skills, disabled } = await load({ jailsMs: 300 });
    expect(skills.map(({ skill }) => skill.name)).toEqual(['own']);
    expect(disabled).toMatchObject(
      ['work/hangs', 'work/later'].map((id) => ({
        id,
        reason: expect.stringContaining('no time left'),
      })),
    );
  });
});
