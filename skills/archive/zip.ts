import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Member } from './member.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Of the end record, with the longest comment that may follow. */
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const UTF8_FLAG = 0x800;
const LINK = 0o120000;

/** The members of a zip, as its table of contents names them (APPNOTE 6.3, without zip64). Throws Error. */
export function* readZip(zip: Buffer): Generator<Member> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < Math.max(0, zip.length - END_BYTES - MOST_COMMENT)) throw new Error('That is no zip.');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('The table of the zip is broken.');
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const path = zip.toString('utf8', at + 46, nameEnd);
    // Where the upper half says that it was made on Unix, the mode is there.
    if (((zip.readUInt32LE(at + 38) >>> 16) & 0o170000) === LINK)
      throw new Error(`The archive holds a link (${path}), which may lead anywhere.`);
    if ((zip.readUInt16LE(at + 8) & 1) === 1) throw new Error('The zip is encrypted.');
    yield memberAt(zip, at, path);
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function memberAt(zip: Buffer, at: number, path: string): Member {
  const method = zip.readUInt16LE(at + 10);
  const [sum, packed, bytes] = [16, 20, 24].map((offset) => zip.readUInt32LE(at + offset));
  const local = zip.readUInt32LE(at + 42);
  const kind = path.endsWith('/') ? 'folder' : 'file';
  return {
    path,
    kind,
    bytes: kind === 'folder' ? 0 : (bytes ?? 0),
    content: () => {
      if (zip.readUInt32LE(local) !== LOCAL) throw new Error(`${path} is not where it should be.`);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const raw = zip.subarray(start, start + (packed ?? 0));
      const whole = method === 0 ? raw : unpack(raw, method, bytes ?? 0);
      if (whole.length !== bytes || crc32(whole) !== sum) throw new Error(`${path} is broken.`);
      return whole;
    },
  };
}

function unpack(raw: Buffer, method: number, bytes: number): Buffer {
  if (method !== 8) throw new Error(`It is packed by a method (${method}) that is not known here.`);
  return inflateRawSync(raw, { maxOutputLength: bytes + 1 });
}

/** One file to pack. */
export interface Packed {
  readonly path: string;
  readonly content: Buffer;
}

/** A zip of these files, in their order. */
export function writeZip(files: readonly Packed[]): Buffer {
  const [parts, table]: Buffer[][] = [[], []];
  let at = 0;
  for (const { path, content } of files) {
    const name = Buffer.from(path);
    const deflated = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    // Needs 2.0; UTF-8; deflate; 1980-01-01, since when something was packed says nothing.
    for (const [nth, value] of [20, UTF8_FLAG, 8, 0, 0x21].entries())
      fields.writeUInt16LE(value, nth * 2);
    for (const [nth, value] of [crc32(content), deflated.length, content.length].entries())
      fields.writeUInt32LE(value, 10 + nth * 4);
    fields.writeUInt16LE(name.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(at, 10);
    parts?.push(Buffer.from('PK\x03\x04'), fields, name, deflated);
    table?.push(Buffer.from('PK\x01\x02\x14\x00'), fields, central, name);
    at += 30 + name.length + deflated.length;
  }
  const directory = Buffer.concat(table ?? []);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...(parts ?? []), directory, end]);
}
