import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import type { LoadedSkills } from '../../../src/skills/load.ts';
import { bundled, openWorkshop, type Workshop } from '../workshop.ts';

let shop: Workshop;
let loaded: LoadedSkills;
beforeAll(async () => {
  shop = await openWorkshop();
  cpSync(join(bundled, 'workspace'), join(shop.skillsRoot, 'workspace'), { recursive: true });
  loaded = await shop.load();
  shop.put('notes.txt', 'Buy milk\nand bread\n');
  shop.put('src/main.ts', 'export const milk = 1;\n');
  shop.put('src/blob.bin', 'milk\0milk');
  shop.put('node_modules/x/index.js', 'milk');
  shop.put('.git/config', 'milk');
  mkdirSync(join(shop.root, 'outside'));
  writeFileSync(join(shop.root, 'outside', 'secret.txt'), 'milk of the neighbour');
  shop.link('door', join(shop.root, 'outside'));
});
afterAll(() => shop.remove());

const ask = async (input: Json): Promise<{ text: string; found: Json[]; more: boolean }> =>
  (await shop.call(loaded, { skill: 'workspace', input })).value as never;

describe('the workspace skill', () => {
  it('is loaded, and only looks', () => {
    expect(loaded.disabled).toEqual([]);
    expect(loaded.skills[0]?.skill).toMatchObject({
      name: 'workspace',
      complexity: 1,
      permissions: { files: 'read' },
    });
  });

  it('lists a folder, with a link as an entry like any other', async () => {
    const { text, found } = await ask({ op: 'list' });
    expect(text.split('\n').slice(1)).toEqual(['notes.txt  19 bytes', 'src/']);
    expect(found[0]).toMatchObject({ name: 'door', kind: 'other' });
    expect((await ask({ op: 'list', path: 'src' })).text).toContain('main.ts  23 bytes');
  });

  it('finds a text in text files, upper and lower case alike', async () => {
    const { text, more } = await ask({ op: 'search', text: 'MILK' });
    expect(text.split('\n')).toEqual([
      'notes.txt:1: Buy milk',
      'src/main.ts:1: export const milk = 1;',
    ]);
    expect(more).toBe(false);
    expect((await ask({ op: 'search', text: 'cheese' })).text).toBe('"cheese" is in no file here.');
  });

  it('sums up a folder', async () => {
    const { text } = await ask({ op: 'summary' });
    expect(text).toContain('3 files, 51 bytes');
    expect(text).toContain('.ts: 1 file, 23 bytes');
  });

  it('stops at a hundred matches and says that there are more', async () => {
    shop.put('many/lines.txt', 'needle\n'.repeat(300));
    const { found, more, text } = await ask({ op: 'search', text: 'needle' });
    expect(found).toHaveLength(100);
    expect(more).toBe(true);
    expect(text).toContain('… and more');
  });

  it('does not follow a link out of the folder', async () => {
    await expect(ask({ op: 'list', path: 'door' })).rejects.toThrow();
    await expect(ask({ op: 'list', path: '..' })).rejects.toThrow('leads out');
    expect((await ask({ op: 'search', text: 'neighbour' })).found).toEqual([]);
  });

  it('says what is wrong with its input', async () => {
    await expect(ask({ op: 'search' })).rejects.toThrow('search takes a text');
    await expect(ask({ op: 'dance' })).rejects.toThrow('The input is wrong');
  });
});
