import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
  const { found, disabled } = await shop.load();
  expect(disabled).toEqual([]);
  const scratch = join(realpathSync(shop.root), 'tests');
  mkdirSync(scratch);
  const { host } = shop;
  const cache = join(shop.root, 'cache');
  const deps: TryDeps = {
    host,
    cache,
    scratch,
    launchFor: () => host.launch,
    filesIn: filesWithin,
  };
  const [one] = found;
  if (!one) throw new Error('it was not found');
  expect(await trySkill(deps, one, AbortSignal.timeout(25_000))).toEqual([
    { name: 'good', ok: true },
    { name: 'link', ok: false, why: expect.stringContaining('link.txt is a link') },
  ]);
  expect(readdirSync(scratch)).toEqual([]);
});
