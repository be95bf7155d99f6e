import { gunzipSync, gzipSync } from 'node:zlib';
import { type Member, MOST_BYTES } from './member.ts';
import type { Packed } from './zip.ts';

const BLOCK = 512;
const MAGIC = 'ustar';

/** The members of a tar, packed by gzip or not (POSIX ustar, with long names of GNU and pax). Throws Error. */
export function* readTar(archive: Buffer): Generator<Member> {
  const isPacked = archive[0] === 0x1f && archive[1] === 0x8b;
  const tar = isPacked ? gunzipSync(archive, { maxOutputLength: MOST_BYTES }) : archive;
  let long: string | undefined;
  for (const { name, type, content } of recordsIn(tar)) {
    if (type === 'L') long = content.toString('utf8').replace(/\0.*$/s, '');
    else if (type === 'x') long = paxPath(content.toString('utf8')) ?? long;
    else if (type !== 'g') {
      yield memberOf(long ?? name, type, content);
      long = undefined;
    }
  }
}

interface TarRecord {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

function* recordsIn(tar: Buffer): Generator<TarRecord> {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const head = tar.subarray(at, at + BLOCK);
    if (head.every((byte) => byte === 0)) return;
    if (checksum(head) !== octal(head, 148, 8)) throw new Error('That is no tar, or it is broken.');
    const bytes = octal(head, 124, 12);
    const content = tar.subarray(at + BLOCK, at + BLOCK + bytes);
    if (content.length < bytes) throw new Error('The tar breaks off.');
    yield { name: nameOf(head), type: String.fromCharCode(head[156] ?? 0), content };
    at += BLOCK + Math.ceil(bytes / BLOCK) * BLOCK;
  }
}

function memberOf(path: string, type: string, content: Buffer): Member {
  const isFolder = type === '5' || path.endsWith('/');
  if (!isFolder && !['0', '\0', '7'].includes(type))
    throw new Error(`The archive holds a link or a device (${path}), which may lead anywhere.`);
  const kind = isFolder ? 'folder' : 'file';
  return { path, kind, bytes: isFolder ? 0 : content.length, content: () => content };
}

const field = (head: Buffer, from: number, length: number): string =>
  head.toString('utf8', from, from + length).replace(/\0.*$/s, '');

function nameOf(head: Buffer): string {
  const prefix = field(head, 257, 5) === MAGIC ? field(head, 345, 155) : '';
  return prefix === '' ? field(head, 0, 100) : `${prefix}/${field(head, 0, 100)}`;
}

function octal(head: Buffer, from: number, length: number): number {
  const text = field(head, from, length).trim();
  if (!/^[0-7]*$/.test(text)) throw new Error('The tar holds a number that cannot be read.');
  return Number.parseInt(text || '0', 8);
}

/** Of all bytes, those of the sum itself taken for spaces. */
const checksum = (head: Buffer): number =>
  head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

/** `27 path=a/long/name\n`, among other records. */
const paxPath = (records: string): string | undefined => /^\d+ path=(.+)$/m.exec(records)?.[1];

/** A tar of these files, in their order; packed by gzip if asked. */
export function writeTar(files: readonly Packed[], packed: boolean): Buffer {
  const parts = files.flatMap(({ path, content }) => {
    const name = Buffer.from(path);
    if (name.length > 100) throw new Error(`${path} is too long a name for a tar: use a zip.`);
    const head = Buffer.alloc(BLOCK);
    name.copy(head);
    const written = [
      [100, '0000644\0'],
      [108, '0000000\0'],
      [116, '0000000\0'],
      [124, `${content.length.toString(8).padStart(11, '0')}\0`],
      [136, '00000000000\0'],
      [156, '0'],
      [257, `${MAGIC}\x0000`],
    ] as const;
    for (const [at, text] of written) head.write(text, at, 'latin1');
    head.write(`${checksum(head).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    const rest = (BLOCK - (content.length % BLOCK)) % BLOCK;
    return [head, content, Buffer.alloc(rest)];
  });
  const tar = Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
  return packed ? gzipSync(tar) : tar;
}
