import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create, extract, listArchive } from '../../../skills/archive/archive.ts';
import { writeTar } from '../../../skills/archive/tar.ts';
import { writeZip } from '../../../skills/archive/zip.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atom-archive-'));
  folder = join(root, 'jail');
  mkdirSync(join(folder, 'photos', 'old'), { recursive: true });
  writeFileSync(join(folder, 'photos', 'a.txt'), 'a'.repeat(5000));
  writeFileSync(join(folder, 'photos', 'old', 'ü.txt'), 'umlaut');
  symlinkSync('/etc', join(folder, 'photos', 'door'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const put = (name: string, content: Buffer): void => writeFileSync(join(folder, name), content);
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('an archive', () => {
  it.each(['a.zip', 'a.tar', 'a.tar.gz', 'a.tgz'])(
    '%s comes out as it went in, without links',
    (name) => {
      expect(create(folder, name, ['photos'])).toBe(2);
      expect(listArchive(folder, name)).toEqual([
        'photos/a.txt  5000 bytes',
        'photos/old/ü.txt  6 bytes',
      ]);
      expect(extract(folder, name, 'out')).toBe(2);
      expect(read('out/photos/a.txt')).toBe('a'.repeat(5000));
      expect(read('out/photos/old/ü.txt')).toBe('umlaut');
    },
  );

  it('is one for tar too, both ways', () => {
    create(folder, 'ours.tgz', ['photos']);
    expect(execFileSync('tar', ['-tzf', join(folder, 'ours.tgz')], { encoding: 'utf8' })).toContain(
      'photos/a.txt',
    );
    const long = `${'d'.repeat(60)}/${'e'.repeat(60)}`;
    mkdirSync(join(folder, long), { recursive: true });
    put(`${long}/deep.txt`, Buffer.from('deep'));
    for (const format of ['gnu', 'pax', 'ustar']) {
      execFileSync('tar', [
        '-C',
        folder,
        `--format=${format}`,
        '-cf',
        join(folder, `${format}.tar`),
        long,
      ]);
      expect(listArchive(folder, `${format}.tar`)).toContain(`${long}/deep.txt  4 bytes`);
      expect(extract(folder, `${format}.tar`, format)).toBe(1);
    }
  });

  it.each([
    '../out.txt',
    '/etc/out.txt',
    'a/../../out.txt',
    'C:\\out.txt',
    'a\\..\\out.txt',
    'a/\u0000b',
    '..',
  ])('with %j in it is not unpacked at all', (path) => {
    const files = [
      { path: 'fine.txt', content: Buffer.from('x') },
      { path, content: Buffer.from('y') },
    ];
    put('bad.zip', writeZip(files));
    expect(() => extract(folder, 'bad.zip', 'out')).toThrow('leads elsewhere');
    expect(existsSync(join(folder, 'out'))).toBe(false);
    expect(() => listArchive(folder, 'bad.zip')).toThrow('leads elsewhere');
    if (path.includes('\0')) return;
    put('bad.tar', writeTar(files, false));
    expect(() => extract(folder, 'bad.tar', 'out')).toThrow('leads elsewhere');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('with links in it is not unpacked', () => {
    execFileSync('tar', ['-C', folder, '-cf', join(folder, 'links.tar'), 'photos']);
    expect(() => extract(folder, 'links.tar', 'out')).toThrow('a link or a device (photos/door)');
  });

  it('is neither read nor written through a link out of the folder, and replaces nothing', () => {
    create(folder, 'a.zip', ['photos']);
    symlinkSync(root, join(folder, 'up'));
    expect(() => extract(folder, 'a.zip', 'up/out')).toThrow('leads out');
    expect(() => extract(folder, 'a.zip', '../out')).toThrow('leads out');
    expect(() => create(folder, 'b.zip', ['photos/door'])).toThrow('leads out');
    expect(() => create(folder, 'up/b.zip', ['photos'])).toThrow('leads out');
    expect(() => extract(folder, 'a.zip', 'photos')).toThrow('is there already');
    expect(() => create(folder, 'a.zip', ['photos'])).toThrow('is there already');
  });

  it('that is broken, or not what it says, is named so', () => {
    const twice = [1, 2].map((n) => ({ path: 'same.txt', content: Buffer.from(`${n}`) }));
    put('twice.zip', writeZip(twice));
    expect(() => extract(folder, 'twice.zip', 'out')).toThrow('EEXIST');
    put('none.zip', Buffer.from('PK nothing'));
    expect(() => listArchive(folder, 'none.zip')).toThrow('no zip');
    put('none.tar', Buffer.alloc(1024, 'x'));
    expect(() => listArchive(folder, 'none.tar')).toThrow('cannot be read');
    const zip = writeZip([{ path: 'a.txt', content: Buffer.alloc(1000, 'a') }]);
    // Says that it is small, and is not.
    const small = Buffer.from(zip);
    const table = small.lastIndexOf(Buffer.from('PK\x01\x02'));
    small.writeUInt32LE(3, table + 24);
    put('small.zip', small);
    expect(() => extract(folder, 'small.zip', 'small')).toThrow();
    const other = Buffer.from(zip);
    const packed = deflateRawSync(Buffer.alloc(1000, 'a'));
    other.fill(0, other.indexOf(packed), other.indexOf(packed) + 4);
    put('other.zip', other);
    expect(() => extract(folder, 'other.zip', 'other')).toThrow();
  });
});
