import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolders } from '../../src/base/make-folders.ts';
import { freshFolder } from '../store/fresh.ts';

describe('making folders', () => {
  it('makes those above as well, and leaves what is there as it is', () => {
    const root = freshFolder();
    mkdirSync(join(root, 'a'), { mode: 0o755 });
    makeFolders(join(root, 'a', 'b', 'c'), 0o700);
    makeFolders(join(root, 'a', 'b', 'c'), 0o755);
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o755);
    for (const made of ['a/b', 'a/b/c'])
      expect(statSync(join(root, made)).mode & 0o777, made).toBe(0o700);
  });

  it('says what the system said where something else is in the way', () => {
    const root = freshFolder();
    writeFileSync(join(root, 'file'), '');
    symlinkSync('/nope', join(root, 'link'));
    for (const name of ['file', 'file/a/b', 'link', 'link/a'])
      expect(() => makeFolders(join(root, name), 0o700), name).toThrow(/EEXIST|ENOTDIR/);
    expect(existsSync('/nope')).toBe(false);
  });

  it.skipIf(!existsSync('/proc/self'))('ends where a folder takes no others', () => {
    expect(() => makeFolders('/proc/nope/.config/atom', 0o700)).toThrow('ENOENT');
  });
});
