import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBench, soon } from './bench.ts';

describe('a skill of the owner’s own', () => {
  it('is not used before it is approved, and then exactly as it was shown', async () => {
    const { shelf, skill, approve, stateOf, kinds, lockFile } = await openBench();
    skill('hello', { permissions: { net: ['api.example.org'] } });
    expect(await stateOf('hello')).toBe('waiting');
    expect(shelf.all()).toEqual([]);
    const plan = await shelf.plan('hello', soon());
    expect(plan).toMatchObject({
      known: false,
      gains: ['speak to api.example.org'],
      loses: [],
      complexity: 4,
      files: [{ path: 'skill.ts', change: 'new' }],
    });
    await approve('hello');
    expect(await stateOf('hello')).toBe('ready');
    expect(shelf.all().map((one) => one.skill.name)).toEqual(['hello']);
    expect(await kinds()).toEqual(['skill.waits', 'skill.trusted']);
    expect(statSync(lockFile).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(lockFile, 'utf8')).skills.hello).toMatchObject({
      permissions: { net: ['api.example.org'] },
      approvedBy: 'terminal/owner',
    });
  });

  it('waits again once any file of it changed, and shows what did', async () => {
    const { shelf, skill, put, approve, stateOf } = await openBench();
    skill('hello');
    put('hello', 'lib/words.ts', 'export const word = 1;\n');
    put('hello', 'old.ts', 'gone\n');
    await approve('hello');
    put('hello', 'lib/words.ts', 'export const word = 2;\n');
    expect(await stateOf('hello')).toBe('waiting');
    const { diff, files, complexity, known } = await shelf.plan('hello', soon());
    expect({ complexity, known }).toEqual({ complexity: 3, known: true });
    expect(diff).toContain('-export const word = 1;\n+export const word = 2;');
    expect(files.filter(({ change }) => change !== 'same')).toMatchObject([
      { path: 'lib/words.ts', change: 'changed' },
    ]);
  });

  it('waits again where it says something else of itself though no file changed', async () => {
    const { shelf, skill, approve, stateOf } = await openBench();
    skill('hello', { permissions: { secrets: ['token'], files: 'read' } });
    await approve('hello');
    skill('hello', { permissions: { files: 'write' }, complexity: 3 });
    expect(await stateOf('hello')).toBe('waiting');
    expect(await shelf.plan('hello', soon())).toMatchObject({
      gains: ['change all files of the jail it works in'],
      loses: ['be given the secret token'],
      complexity: 4,
    });
  });

  it('is not approved where it changed after it was shown', async () => {
    const { shelf, skill, put, stateOf, store } = await openBench();
    skill('hello');
    const { digest } = await shelf.plan('hello', soon());
    put('hello', 'skill.ts', 'evil();\n');
    const order = { id: 'hello', digest, by: 'terminal/owner' };
    await expect(shelf.approve(order, soon())).rejects.toMatchObject({ code: 'blocked' });
    expect(await stateOf('hello')).toBe('waiting');
    expect(await store.all('SELECT id FROM skill_approval')).toEqual([]);
  });

  it.each<[string, (file: string) => void]>([
    ['other text', (file) => writeFileSync(file, 'harmless();\n')],
    ['what is no text', (file) => writeFileSync(file, 'a\0b')],
    ['what is too long', (file) => writeFileSync(file, 'x'.repeat(100_000))],
    ['a link', (file) => symlinkSync('/etc/hostname', file)],
    ['a pipe', (file) => execFileSync('mkfifo', [file])],
    ['nothing', () => undefined],
  ])('is not shown where %s was put in its place after it was found', async (_, swap) => {
    let file = '';
    const bench = await openBench({
      afterFind: () => {
        rmSync(file);
        swap(file);
      },
    });
    bench.skill('hello');
    file = join(bench.root, 'hello', 'skill.ts');
    await expect(bench.shelf.plan('hello', soon())).rejects.toThrow('skill.ts changed while');
  });

  it('can be turned off and on, and stays approved', async () => {
    const { shelf, skill, approve, stateOf, kinds } = await openBench();
    skill('hello');
    await approve('hello');
    expect(await shelf.turn('hello', false, soon())).toBe(true);
    expect(await shelf.turn('hello', false, soon())).toBe(false);
    expect(await stateOf('hello')).toBe('off');
    expect(shelf.all()).toEqual([]);
    await shelf.turn('hello', true, soon());
    expect(await stateOf('hello')).toBe('ready');
    expect((await kinds()).slice(-2)).toEqual(['skill.disabled', 'skill.enabled']);
  });

  it('is forgotten with its approval', async () => {
    const { shelf, skill, approve, lockFile, places } = await openBench();
    skill('hello');
    await approve('hello');
    places.delete('hello');
    await shelf.forget('hello', soon());
    expect(JSON.parse(readFileSync(lockFile, 'utf8')).skills).toEqual({});
    skill('hello');
    expect((await shelf.plan('hello', soon())).known).toBe(false);
  });

  it('is said to wait once, and not again at every look', async () => {
    const { shelf, skill, put, kinds, news } = await openBench();
    skill('hello');
    await shelf.reload(soon());
    await shelf.reload(soon());
    expect(news).toHaveLength(1);
    put('hello', 'skill.ts', 'other\n');
    await shelf.reload(soon());
    expect(await kinds()).toEqual(['skill.waits', 'skill.waits']);
  });
});

describe('skills.lock', () => {
  it('lets nothing in that the record does not say, whoever wrote it', async () => {
    const { skill, put, approve, stateOf, lockFile } = await openBench();
    skill('hello');
    skill('evil');
    await approve('hello');
    const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
    lock.skills.evil = lock.skills.hello;
    writeFileSync(lockFile, JSON.stringify(lock));
    expect(await stateOf('evil')).toBe('waiting');
    put('hello', 'skill.ts', 'evil();\n');
    expect(await stateOf('hello')).toBe('waiting');
  });

  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['is no JSON', (file: string) => writeFileSync(file, '{')],
    ['may be written by others', (file: string) => chmodSync(file, 0o666)],
    [
      'says more than was approved',
      (file: string) =>
        writeFileSync(file, readFileSync(file, 'utf8').replace('"net": []', '"net": ["*"]')),
    ],
  ])('stops what it named where it %s, until that is approved again', async (_, spoil) => {
    const { shelf, skill, approve, stateOf, lockFile } = await openBench();
    skill('hello');
    await approve('hello');
    spoil(lockFile);
    expect(await stateOf('hello')).toBe('waiting');
    expect(shelf.list()[0]?.why).toContain('skills.lock');
    await approve('hello');
    expect(await stateOf('hello')).toBe('ready');
  });

  it('keeps out what was taken out of it while another is approved', async () => {
    const { skill, approve, stateOf, lockFile } = await openBench();
    for (const id of ['one', 'two']) skill(id);
    await approve('one');
    const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
    lock.skills = {};
    writeFileSync(lockFile, JSON.stringify(lock));
    await approve('two');
    expect(await stateOf('one')).toBe('waiting');
    expect(await stateOf('two')).toBe('ready');
  });
});

describe('what passes for something else', () => {
  it('comes with atom and needs no approval, unless it is turned off', async () => {
    const { shelf, skill, stateOf } = await openBench();
    skill('notes', {}, { origin: 'bundled' });
    expect(await stateOf('notes')).toBe('ready');
    await shelf.turn('notes', false, soon());
    expect(await stateOf('notes')).toBe('off');
  });

  it.each([
    ['n0tes', {}, 'taken for the bundled skill notes'],
    ['no-tes', {}, 'taken for the bundled skill notes'],
    ['fine', { description: 'Looks \u202eharmless' }, 'nobody sees'],
    ['fine', { examples: ['do it\u200b'] }, 'nobody sees'],
  ])('is refused, and cannot be approved: %s %j', async (id, says, why) => {
    const { shelf, skill, stateOf, kinds } = await openBench();
    skill('notes', {}, { origin: 'bundled' });
    skill(id, says);
    expect(await stateOf(id)).toBe('broken');
    expect(shelf.list().find((one) => one.id === id)?.why).toContain(why);
    await expect(shelf.plan(id, soon())).rejects.toThrow('cannot be approved');
    expect(await kinds()).toEqual(['skill.refused']);
  });

  it('is warned about where its name is nearly that of another, or its text hides something', async () => {
    const { shelf, skill, put } = await openBench();
    skill('notes', {}, { origin: 'bundled' });
    skill('note');
    put('note', 'lib.ts', 'const isAdmin = false; /*\u202e } if (isAdmin) \u2066*/\n');
    const { warnings, complexity } = await shelf.plan('note', soon());
    expect(warnings.join('\n')).toMatch(/bundled skill notes[\s\S]*lib\.ts/);
    expect(complexity).toBe(4);
  });
});

it('a skill in a jail is of those who work there, once it is approved', async () => {
  const { shelf, skill, approve, put } = await openBench();
  skill('site/review', {}, { origin: 'jail', jail: 'site' });
  skill('shop/review', {}, { origin: 'jail', jail: 'shop' });
  await shelf.reload(soon());
  expect(shelf.ready('site')).toEqual([]);
  await approve('site/review');
  expect(shelf.ready('site').map((one) => one.skill.name)).toEqual(['review']);
  expect([shelf.ready('shop'), shelf.ready(undefined)]).toEqual([[], []]);
  put('site/review', 'skill.ts', 'changed\n');
  await shelf.reload(soon());
  expect(shelf.ready('site')).toEqual([]);
});
