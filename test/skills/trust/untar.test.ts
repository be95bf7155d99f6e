import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTar } from '../../../src/cli/skills/untar.ts';
import { freshFolder } from '../../store/fresh.ts';

/** One entry of a tar, with a right checksum; whatever its name and kind. */
function entry(name: string, content = 'x', kind = '0'): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0, 100);
  head.write('0000644\0', 100);
  head.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
  head.write('        ', 148);
  head.write(kind, 156);
  head.write('ustar\x0000', 257);
  const sum = head.reduce((all, byte) => all + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([head, body]);
}
const tar = (...entries: Buffer[]): Buffer => Buffer.concat([...entries, Buffer.alloc(1024)]);

describe('an archive', () => {
  it('is read as tar wrote it, long names and all', () => {
    const folder = freshFolder();
    const long = join('package', 'deep'.repeat(20), 'deeper'.repeat(10));
    mkdirSync(join(folder, long), { recursive: true });
    writeFileSync(join(folder, long, 'file.txt'), 'far');
    writeFileSync(join(folder, 'package', 'skill.ts'), 'near');
    for (const format of ['gnu', 'pax', 'ustar']) {
      const to = join(folder, `${format}.tgz`);
      spawnSync('tar', ['czf', to, '--format', format, '-C', folder, 'package']);
      const files = readTar(readFileSync(to)).map((one) => [
        one.path,
        Buffer.from(one.content).toString(),
      ]);
      expect(files.toSorted(), format).toEqual([
        [`${long}/file.txt`, 'far'],
        ['package/skill.ts', 'near'],
      ]);
    }
  });

  it.each([
    ['leads up', tar(entry('package/../../evil'))],
    ['is absolute', tar(entry('/etc/evil'))],
    ['has a backslash', tar(entry('..\\evil'))],
    ['leads up by a long name', tar(entry('././@LongLink', '../evil\0', 'L'), entry('fine'))],
    ['leads up by a header of POSIX', tar(entry('x', '16 path=../evil\n', 'x'), entry('fine'))],
  ])('with a path that %s is refused', (_, bytes) => {
    expect(() => readTar(bytes)).toThrow('leads out of it');
  });

  it.each([
    ['a link', tar(entry('fine', '', '2')), 'neither a file nor a folder'],
    ['a hard link', tar(entry('fine', '', '1')), 'neither a file nor a folder'],
    ['a device', tar(entry('fine', '', '3')), 'neither a file nor a folder'],
    [
      'a file that is cut short',
      entry('fine', 'x'.repeat(2000)).subarray(0, 1024),
      'in the middle',
    ],
    ['no tar at all', Buffer.alloc(2048, 'a'), 'no tar'],
    ['too many files', tar(...Array.from({ length: 2001 }, (_, n) => entry(`f${n}`, ''))), '2000'],
    ['a bomb', gzipSync(Buffer.alloc(64 * 1024 ** 2)), 'too large'],
  ])('with %s is refused', (_, bytes, why) => {
    expect(() => readTar(bytes)).toThrow(why);
  });

  it('that links to a folder outside and writes through it is refused', () => {
    const folder = freshFolder();
    symlinkSync('/tmp', join(folder, 'door'));
    spawnSync('tar', ['cf', join(folder, 'a.tar'), '-C', folder, 'door']);
    expect(() => readTar(readFileSync(join(folder, 'a.tar')))).toThrow('neither a file');
  });
});
