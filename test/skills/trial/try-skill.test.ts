import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pythonTemplateFor } from '../../../src/cli/skills/python-template.ts';
import type { TestResult } from '../../../src/domain/skill-trust.ts';
import { filesWithin } from '../../../src/files/ungoverned.ts';
import { type TryDeps, trySkill } from '../../../src/skills/trial/try-skill.ts';
import { openWorkshop, sourceOf, type Workshop } from '../workshop.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

const RUN = `
  await context.fs.write('notes/a.txt', input.text);
  const read = await context.fs.read('notes/a.txt');
  const { text } = await context.fetch('https://example.org/');
  fs.symlinkSync('/etc/hostname', 'link.txt');
  const through = await context.fs.read('link.txt').catch(({ message }) => message);
  return { read, text, through };
`;
const MAY = `complexity: 3,
  permissions: { files: 'write', fs: { read: ['**'], write: ['notes/*'] }, net: ['example.org'] },`;
const CASE = {
  input: { text: 'words' },
  files: { 'notes/keep.txt': '' },
  answers: { 'fetch https://example.org/': { status: 200, headers: {}, text: 'hi' } },
  gives: { read: 'words', text: 'hi' },
};

it('a skill is tried in a jail of its own, with files that it may have made itself', async () => {
  shop.skill('tried', sourceOf('tried', RUN, MAY));
  const tests = [
    { ...CASE, name: 'good', leaves: { 'notes/a.txt': 'words' } },
    { ...CASE, name: 'link', leaves: { 'link.txt': readFileSync('/etc/hostname', 'utf8') } },
  ];
  writeFileSync(
    join(shop.skillsRoot, 'tried', 'skill.test.ts'),
    `export const tests = ${JSON.stringify(tests)};`,
  );
  expect(await tryOnly()).toEqual([
    { name: 'good', ok: true },
    { name: 'link', ok: false, why: expect.stringContaining('link.txt is a link') },
  ]);
  expect(readdirSync(join(shop.root, 'tests'))).toEqual([]);
});

it('a program is tried like any other skill, by a list of tests in JSON', async () => {
  const folder = join(shop.skillsRoot, 'hello');
  mkdirSync(folder);
  const model = join(import.meta.dirname, '../../../src/skills/program/python/atom_skill.py');
  for (const [path, text] of Object.entries(pythonTemplateFor('hello', model)))
    writeFileSync(join(folder, path), text);
  expect(await tryOnly()).toEqual([
    { name: 'greets by name', ok: true },
    { name: 'wants a name', ok: true },
  ]);
  writeFileSync(join(folder, 'skill.test.json'), '[{');
  await expect(tryOnly()).rejects.toThrow('skill.test.json is no JSON');
});

/** Tries the only skill there is. */
async function tryOnly(): Promise<readonly TestResult[]> {
  const { found, disabled } = await shop.load();
  expect(disabled).toEqual([]);
  const scratch = join(realpathSync(shop.root), 'tests');
  mkdirSync(scratch, { recursive: true });
  const { host } = shop;
  const deps: TryDeps = {
    host,
    cache: join(shop.root, 'cache'),
    scratch,
    launchFor: () => host.launch,
    filesIn: filesWithin,
  };
  const [one] = found;
  if (!one) throw new Error('it was not found');
  return trySkill(deps, one, AbortSignal.timeout(25_000));
}
