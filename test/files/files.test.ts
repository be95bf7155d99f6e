import {
  chmodSync,
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/base/digest.ts';
import { createFileList } from '../../src/files/list.ts';
import { createFileRead } from '../../src/files/read.ts';
import { createFileWrite } from '../../src/files/write.ts';
import { agent, execute, makeScene, run, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = makeScene();
});
afterEach(() => scene.remove());

describe('reading', () => {
  const read = (path: string) => run(createFileRead(scene.deps), { path });

  test('gives text as it is', async () => {
    scene.put('t', 'grüße\n\r\ttab');
    expect(await read('t')).toEqual({
      path: 't',
      kind: 'text',
      text: 'grüße\n\r\ttab',
      size: 13,
      truncated: false,
    });
    scene.put('empty');
    expect(await read('empty')).toMatchObject({ kind: 'text', text: '', size: 0 });
  });

  test('cuts a long text at 256 KiB, between characters, and says so', async () => {
    scene.put('long', `x${'ä'.repeat(200_000)}`);
    const got = (await read('long')) as { text: string };
    expect(got).toMatchObject({ size: 400_001, truncated: true });
    expect(Buffer.byteLength(got.text)).toBe(256 * 1024 - 1);
    expect(got.text).not.toContain('\uFFFD');
  });

  test('tells binary files as such', async () => {
    scene.put('nul', Buffer.from([1, 0, 2]));
    scene.put('latin', Buffer.from([0x67, 0xfc, 0x74]));
    expect(await read('nul')).toEqual({ path: 'nul', kind: 'binary', size: 3 });
    expect(await read('latin')).toEqual({ path: 'latin', kind: 'binary', size: 3 });
  });

  test('says on its card what it reads', async () => {
    const { card } = await createFileRead(scene.deps).prepare({ path: 'a/b' }, agent);
    expect(card).toMatchObject({
      kind: 'file',
      words: ['read a/b'],
      folder: join(scene.work, 'a'),
      undo: 'changes nothing',
    });
  });
});

describe('listing', () => {
  const list = (resource: { path?: string }) => run(createFileList(scene.deps), resource);

  test('names what is there, sorted, links unfollowed', async () => {
    scene.put('b', '12345');
    scene.put('a/x');
    scene.put('.env', 'secret');
    symlinkSync('/etc/passwd', join(scene.work, 'c'));
    const got = (await list({})) as { entries: { name: string; kind: string; size: number }[] };
    expect(got.entries.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      ...['.env file', 'a folder', 'b file', 'c link'],
    ]);
    expect(got.entries[2]).toMatchObject({ size: 5 });
    expect(got).toMatchObject({ path: '.', truncated: false });
    expect(await list({ path: 'a' })).toMatchObject({
      entries: [{ name: 'x', kind: 'file', size: 0 }],
    });
  });

  test('stops at a thousand and says so', async () => {
    for (let i = 0; i < 1001; i++) writeFileSync(join(scene.work, `f${i}`), '');
    const got = (await list({})) as { entries: unknown[] };
    expect(got).toMatchObject({ truncated: true });
    expect(got.entries).toHaveLength(1000);
  });

  test('a file is not a folder, and a missing folder is told', async () => {
    scene.put('f');
    await expect(list({ path: 'f' })).rejects.toMatchObject({ code: 'blocked' });
    await expect(list({ path: 'none' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('writing', () => {
  const write = () => createFileWrite(scene.deps);

  test('makes a file, and replaces one with its permissions kept', async () => {
    const made = await run(write(), { path: 'n', content: 'one\n' });
    expect(made).toEqual({ path: 'n', size: 4, sha256: sha256('one\n'), created: true });
    chmodSync(join(scene.work, 'n'), 0o750);
    expect(await run(write(), { path: 'n', content: 'two\n' })).toMatchObject({ created: false });
    expect(readFileSync(join(scene.work, 'n'), 'utf8')).toBe('two\n');
    expect(statSync(join(scene.work, 'n')).mode & 0o777).toBe(0o750);
    expect(readdirSync(scene.work)).toEqual(['n']);
  });

  test('shows the change before it is made, and binds it', async () => {
    scene.put('n', 'a\nb\nc\n');
    const shown = await write().prepare({ path: 'n', content: 'a\nB\nc\n' }, agent);
    const { card, facts, reversible } = shown;
    expect(card.detail).toBe('@@ -1 +1 @@\n a\n-b\n+B\n c');
    expect(card.undo).toBe('can be undone for 30 days: atom undo');
    expect(reversible).toEqual({ folder: scene.work, path: 'n' });
    expect(facts).toMatchObject({ present: sha256('a\nb\nc\n'), content: sha256('a\nB\nc\n') });
    scene.put('bin', Buffer.from([0, 1]));
    const binary = await write().prepare({ path: 'bin', content: 'x' }, agent);
    expect(binary.card.detail).toBe('replaces 2 bytes that are not text with 1 bytes');
  });

  test('does nothing where the file is no longer the one that was shown', async () => {
    scene.put('n', 'shown');
    const action = write();
    const prepared = await action.prepare({ path: 'n', content: 'new' }, agent);
    scene.put('n', 'changed meanwhile');
    await expect(execute(action, prepared)).rejects.toMatchObject({ code: 'blocked' });
    expect(readFileSync(join(scene.work, 'n'), 'utf8')).toBe('changed meanwhile');
  });

  test('does not write through a hard link to a file outside', async () => {
    linkSync(join(scene.root, 'secret'), join(scene.work, 'hard'));
    await run(write(), { path: 'hard', content: 'mine' });
    expect(readFileSync(join(scene.root, 'secret'), 'utf8')).toBe('CANARY');
    expect(readFileSync(join(scene.work, 'hard'), 'utf8')).toBe('mine');
  });

  test.each([
    ...[
      '.git/config',
      'deep/.git/hooks/pre-commit',
      '.GIT/config',
      '.g\u200dit/config',
      '.vscode/tasks.json',
    ],
    ...['.github/workflows/ci.yml', 'node_modules/x/index.js', '.bashrc', '.npmrc', 'a/.envrc'],
  ])('%s is protected', async (path) => {
    await expect(run(write(), { path, content: 'evil' })).rejects.toThrow('is protected');
  });

  test('.github itself and names that only look alike are free', async () => {
    scene.put('.github/x');
    for (const path of ['.github/CODEOWNERS', '.gitignore', 'git', 'envrc'])
      expect(await run(write(), { path, content: 'x' })).toMatchObject({ created: true });
  });

  test('a read-only jail, the jail’s folder, a missing folder and a large text are refused', async () => {
    const go = (path: string, more = {}) => run(write(), { path, content: 'x', ...more });
    await expect(go('x', { jail: 'docs' })).rejects.toThrow('is read-only');
    await expect(go('.')).rejects.toMatchObject({ code: 'blocked' });
    await expect(go('none/x')).rejects.toMatchObject({ code: 'not-found' });
    // Before anybody is asked about it.
    const early = write().prepare({ path: 'none/x', content: 'x' }, undefined);
    await expect(early).rejects.toMatchObject({ code: 'not-found' });
    await expect(go('x', { content: 'y'.repeat(300_000) })).rejects.toMatchObject({
      code: 'usage',
    });
    expect(readdirSync(scene.work)).toEqual([]);
  });
});
