import { gunzipSync } from 'node:zlib';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';

/** One file of an archive. */
export interface TarFile {
  /** Relative, without `.` or `..`, parted by `/`. */
  readonly path: string;
  readonly content: Uint8Array;
}

const BLOCK = 512;
export const MOST_FILES = 2000;
export const MOST_BYTES = 32 * 1024 ** 2;

/**
 * The files of a tar, packed with gzip or not; writes nothing. Throws AtomError `usage` for one that is
 * damaged or too large, or holds a link, a device, or a path that leads out of it.
 */
export function readTar(packed: Uint8Array): readonly TarFile[] {
  const bytes = unpacked(packed);
  const files: TarFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = readHeader(bytes.subarray(at, at + BLOCK));
    if (header === undefined) break;
    const content = bytes.subarray(at + BLOCK, at + BLOCK + header.size);
    if (content.length < header.size) throw refused('It ends in the middle of a file.');
    at += BLOCK + Math.ceil(header.size / BLOCK) * BLOCK;
    const found = entryOf(header, content, longName);
    longName = found.longName;
    if (found.file) files.push(found.file);
    if (files.length > MOST_FILES) throw refused(`It holds more than ${MOST_FILES} files.`);
  }
  return files;
}

interface Header {
  readonly name: string;
  readonly size: number;
  readonly kind: string;
}

function unpacked(packed: Uint8Array): Uint8Array {
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_BYTES + MOST_FILES * 2 * BLOCK });
  } catch (cause) {
    throw refused('It cannot be unpacked, or is too large.', cause);
  }
}

/** Undefined at the end, which is a block of zeros. */
function readHeader(block: Uint8Array): Header | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const text = (from: number, length: number): string => {
    const part = block.subarray(from, from + length);
    const end = part.indexOf(0);
    return Buffer.from(end < 0 ? part : part.subarray(0, end)).toString('utf8');
  };
  const sum = block.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (Number.parseInt(text(148, 8).trim(), 8) !== sum) throw refused('It is damaged, or no tar.');
  const size = Number.parseInt(text(124, 12).trim() || '0', 8);
  if (!Number.isSafeInteger(size) || size < 0 || size > MOST_BYTES)
    throw refused('It holds a file that is too large.');
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  const name = text(0, 100);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size, kind: text(156, 1) || '0' };
}

function entryOf({ name, kind }: Header, content: Uint8Array, longName: string | undefined) {
  // A long name stands before the file that it belongs to, as GNU's tar or as POSIX writes it.
  if (kind === 'L')
    return { longName: Buffer.from(content).toString('utf8').replace(/\0.*$/s, '') };
  if (kind === 'x') return { longName: pathIn(Buffer.from(content).toString('utf8')) ?? longName };
  if (kind === 'g') return { longName };
  const path = safePath(longName ?? name);
  if (kind === '5') return { longName: undefined };
  if (kind !== '0' && kind !== '7')
    throw refused(`${visible(path)} is neither a file nor a folder.`);
  return { longName: undefined, file: { path, content: Uint8Array.from(content) } };
}

/** The path in a header of POSIX: lines of `<length> key=value`. */
const pathIn = (records: string): string | undefined => /^\d+ path=(.*)$/m.exec(records)?.[1];

function safePath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const bad = name.startsWith('/') || /[\0\\]|^[a-z]:/i.test(name) || parts.includes('..');
  if (bad || name.length > 500)
    throw refused(`It holds a path that leads out of it: ${visible(name)}`);
  return parts.join('/');
}

const refused = (why: string, cause?: unknown): AtomError =>
  new AtomError('usage', `This archive is not taken. ${why}`, { cause });
