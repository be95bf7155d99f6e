import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noPermissions, type SkillPermissions } from '../../../src/domain/skill.ts';
import { filesWithin } from '../../../src/files/ungoverned.ts';
import { missed } from '../../../src/skills/trial/outcome.ts';
import { standIn } from '../../../src/skills/trial/stand-in.ts';
import { freshFolder } from '../../store/fresh.ts';

/** A test's folder beside one that is none of a skill's business, and what answers a skill in it. */
function openScene(permissions: Partial<SkillPermissions> = {}) {
  const root = realpathSync(freshFolder());
  const folder = join(root, 'test');
  const outside = join(root, 'outside');
  for (const made of [folder, outside]) mkdirSync(made);
  writeFileSync(join(outside, 'note.txt'), 'CANARY');
  const files = filesWithin({ name: 'test', folder, mode: 'read-write' });
  const all = { ...noPermissions, fs: { read: ['**'], write: ['**'] }, ...permissions };
  const { serve } = standIn({
    files,
    bounds: { skill: 'tried', permissions: all, ownJail: 'test' },
    answers: { 'fetch https://example.org/': { status: 200, headers: {}, text: 'hi' } },
  });
  const ask = async (method: string, params: object) => await serve(method, params as never);
  return { folder, outside, files, ask };
}

describe('what a skill asks for while it is tried', () => {
  it('is done in the folder of the test, as far as its permissions go', async () => {
    const { folder, ask } = openScene({ fs: { read: ['a/**'], write: ['a/*.txt'] } });
    mkdirSync(join(folder, 'a'));
    await ask('fs.write', { path: 'a/b.txt', text: 'words' });
    expect(await ask('fs.read', { path: './a/b.txt' })).toBe('words');
    expect(await ask('fs.list', { path: 'a' })).toEqual([
      { name: 'b.txt', kind: 'file', bytes: 5 },
    ]);
    for (const path of ['c.txt', 'a/../c.txt', '../c.txt', '/etc/hostname'])
      await expect(ask('fs.write', { path, text: 'x' })).rejects.toMatchObject({ code: 'blocked' });
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('is answered by the test where it is no file', async () => {
    const { ask } = openScene({ net: ['example.org'] });
    expect(await ask('fetch', { url: 'https://example.org/' })).toMatchObject({ text: 'hi' });
    await expect(ask('fetch', { url: 'https://other.example/' })).rejects.toThrow('may not speak');
  });

  it('never goes through a link, even one that leads back inside', async () => {
    const { folder, outside, files, ask } = openScene();
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'note.txt'), 'inside');
    symlinkSync(join(folder, 'real'), join(folder, 'back'));
    symlinkSync(outside, join(folder, 'out'));
    for (const path of ['back/note.txt', 'out/note.txt']) {
      await expect(ask('fs.read', { path })).rejects.toMatchObject({ code: 'blocked' });
      await expect(ask('fs.write', { path, text: 'x' })).rejects.toMatchObject({ code: 'blocked' });
    }
    expect(await missed(files, { leaves: { 'back/note.txt': 'inside' } })).toMatch(/left no file/);
  });

  it('writes and reads nothing outside while the skill puts a link in its way', async () => {
    const { folder, outside, ask } = openScene();
    const note = join(folder, 'note.txt');
    let isOver = false;
    // The skill's own process would do this between any two steps of ours.
    const swap = (): void => {
      if (isOver) return;
      symlinkSync(join(outside, 'note.txt'), join(folder, 'link'));
      renameSync(join(folder, 'link'), note);
      setImmediate(() => {
        rmSync(note, { force: true });
        setImmediate(swap);
      });
    };
    setImmediate(swap);
    const seen: unknown[] = [];
    for (let i = 0; i < 200; i++) {
      await ask('fs.write', { path: 'note.txt', text: 'EVIL' }).catch(() => undefined);
      seen.push(await ask('fs.read', { path: 'note.txt' }).catch(() => undefined));
    }
    isOver = true;
    expect(readFileSync(join(outside, 'note.txt'), 'utf8')).toBe('CANARY');
    expect(seen).not.toContain('CANARY');
  });

  it('does not wait for a pipe, and does not take what is endless', async () => {
    const { folder, files, ask } = openScene();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(ask('fs.read', { path: 'pipe' })).rejects.toThrow('not a plain file');
    await expect(ask('fs.write', { path: 'pipe', text: 'x' })).rejects.toThrow('not a plain file');
    expect(await missed(files, { leaves: { pipe: 'x' } })).toMatch(/left no file pipe/);
    writeFileSync(join(folder, 'long.txt'), 'x'.repeat(300_000));
    await expect(ask('fs.read', { path: 'long.txt' })).rejects.toThrow('too large');
  });
});
