import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BLACK = 0;
const WHITE = 255;

/**
 * A picture of squares, dark where `true`, each `scale` pixels wide: a PNG in 8-bit grey (RFC 2083).
 * Every row has to be as long as the first.
 */
export function squaresPng(rows: readonly (readonly boolean[])[], scale: number): Buffer {
  const width = (rows[0]?.length ?? 0) * scale;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length * scale, 4);
  // Eight bits, grey; then no compression, filter or interlacing but the usual ones.
  header.writeUInt8(8, 8);
  // Each line begins with its filter: none.
  const lines = rows.flatMap((row) => {
    const pixels = row.flatMap((dark) => new Array<number>(scale).fill(dark ? BLACK : WHITE));
    return new Array<Buffer>(scale).fill(Buffer.from([0, ...pixels]));
  });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
